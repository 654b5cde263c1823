import Foundation
import MySQL

/// Connects, and with `--wait` tries again for as long as waiting can help.
struct ServerWait {
  private let settings: MySQLConfiguration
  private let seconds: Int

  /// - Parameter seconds: How long to wait for a server that is not there; nil for not at all.
  init(_ settings: MySQLConfiguration, seconds: Int?) {
    self.settings = settings
    self.seconds = seconds ?? 0
  }

  /// An attempt that has begun is brought to its end, for which the settings have a limit of their own.
  ///
  /// - Throws: What waiting does not cure, and what ended the last attempt when the time is up.
  func connect(_ observer: (any MySQLObserver)?) async throws(MySQLError) -> MySQLConnection {
    let start = ContinuousClock.now
    let end = start + .seconds(seconds)
    var pause = Duration.milliseconds(100)
    var line = StatusLine()
    while true {
      do throws(MySQLError) {
        return try await MySQLConnection.connect(settings, observer: observer)
      } catch {
        let left = ContinuousClock.now.duration(to: end)
        guard error.mayPass, left > .zero else { throw error }
        let passed = start.duration(to: .now).components.seconds
        line.show("Waiting for \(settings.endpoint.name): \(error.obstacle) (\(passed) of \(seconds) s)")
        try? await Task.sleep(for: min(pause, left))
        pause = min(pause * 2, .seconds(1))
      }
    }
  }
}

extension MySQLEndpoint {
  fileprivate var name: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unixSocket(let path): path
    }
  }
}

extension MySQLError {
  /// Whether a server may be there in a while, or have room.
  fileprivate var mayPass: Bool {
    if let server { return Self.passing.contains(server.code) }
    return switch kind {
    case .connectionRefused, .unknownHost, .connectionLost, .timeout: true
    default: false
    }
  }

  // And ER_SERVER_ISNT_AVAILABLE, and CR_CONN_HOST_ERROR: what MySQL Router says while it cannot reach a
  // server.
  private static let passing: Set<MySQLErrorCode> = [
    .tooManyConnections, .tooManyUserConnections, .userLimitReached, .serverShutdown,
    MySQLErrorCode(rawValue: 3168), MySQLErrorCode(rawValue: 2003),
  ]

  /// What is in the way, in a few words.
  fileprivate var obstacle: String {
    if let server { return server.message }
    return switch kind {
    case .connectionRefused: "nothing listens there"
    case .unknownHost: "the name has no address"
    case .connectionLost: "the connection ended during the login"
    case .timeout: "no answer"
    default: message
    }
  }
}
