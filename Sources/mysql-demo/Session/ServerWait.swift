import MySQL

/// A connection attempt that, with `--wait`, is repeated for as long as waiting can help.
struct ServerWait {
  private let settings: MySQLConfiguration
  private let seconds: Int

  /// - Parameter seconds: How long to wait for a server that is not available; nil for not at all.
  init(_ settings: MySQLConfiguration, seconds: Int?) {
    self.settings = settings
    self.seconds = seconds ?? 0
  }

  /// Connects. An attempt that has begun is completed even if the time is up; the settings limit how long it takes.
  ///
  /// - Throws: An error that waiting does not cure, or the error of the last attempt when the time is up.
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
        let limit = seconds == .forever ? "" : " of \(seconds)"
        line.show("Waiting for \(settings.servers): \(error.obstacle) (\(passed)\(limit) s)")
        try? await Task.sleep(for: min(pause, left))
        pause = min(pause * 2, .seconds(1))
      }
    }
  }

  /// Connects, or prints why that is not possible and returns nil.
  func connection(_ observer: (any MySQLObserver)?) async -> MySQLConnection? {
    do throws(MySQLError) {
      return try await connect(observer)
    } catch {
      StandardError.print(Failure(connecting: error, to: settings.endpoints).text)
      return nil
    }
  }
}

extension MySQLError {
  /// Whether the error may pass: the server may become available, or have room for the connection.
  fileprivate var mayPass: Bool {
    if let server { return Self.passing.contains(server.code) }
    return switch kind {
    case .connectionRefused, .unknownHost, .connectionLost, .timeout: true
    default: false
    }
  }

  // The two numbers are ER_SERVER_ISNT_AVAILABLE and CR_CONN_HOST_ERROR: what MySQL Router sends while it cannot reach
  // a server.
  private static let passing: Set<MySQLError.Code> = [
    .tooManyConnections, .tooManyUserConnections, .userLimitReached, .serverShutdown,
    MySQLError.Code(rawValue: 3168), MySQLError.Code(rawValue: 2003),
  ]

  /// The reason for the failure, in a few words.
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
