import Foundation
import MySQL
import MySQLTesting
import Synchronization
import Testing

/// Which real TLS servers are accepted and which are refused, by their certificates and by what they speak.
@Suite(.timed, .openSSL, .serialized) enum TLSServers {}

/// An `openssl s_server` process behind a scripted server that sends what MySQL sends before TLS. In TLS, it
/// accepts every login and answers every command with OK.
final class OpenSSLServer: Sendable {
  private let process: Process
  private let front: ScriptedServer
  private let plaintext: Plaintext

  /// What clients have sent in TLS, and the answers to it.
  private final class Plaintext: Sendable {
    let bytes = Mutex<[UInt8]>([])

    func answer(_ input: FileHandle, _ output: FileHandle) {
      var unread: [UInt8] = []
      while case let data = input.availableData, !data.isEmpty {
        bytes.withLock { $0 += data }
        unread += data
        while unread.count >= 4, case let end = 4 + Int(unread[0]) + Int(unread[1]) << 8, unread.count >= end
        {
          let isQuit = unread[3] == 0 && unread[4] == 1
          let ok: [UInt8] = [7, 0, 0, unread[3] + 1, 0, 0, 0, 2, 0, 0, 0]
          if !isQuit { try? output.write(contentsOf: ok) }
          unread.removeFirst(end)
        }
      }
    }
  }

  /// - Parameters:
  ///   - certificate: The name of one of the test certificates.
  ///   - plan: What happens to the bytes of TLS on their way.
  init(
    _ certificate: String = "server", options: [String] = [], plan: FaultPlan = FaultPlan()
  ) throws {
    let certificates = try #require(TestCertificates.shared)
    let port = try Self.freePort()
    let (input, output) = (Pipe(), Pipe())
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [
        "openssl", "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-cert",
        certificates.path(certificate + ".pem"), "-key", certificates.path(certificate + "-key.pem"),
      ] + options
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let plaintext = Plaintext()
    self.plaintext = plaintext
    let handles = (output.fileHandleForReading, input.fileHandleForWriting)
    Thread.detachNewThread { plaintext.answer(handles.0, handles.1) }
    front = try ScriptedServer { connection in
      var greeting = ServerGreeting.mysql
      greeting.capabilities |= 1 << 11
      try connection.sendGreeting(greeting)
      _ = try connection.readLogin()
      try connection.relay(toStarting: .tcp("127.0.0.1", port: port), plan: plan)
    }
  }

  deinit {
    front.stop()
    // Other signals may be blocked, because a child inherits the mask of whichever thread starts it.
    kill(process.processIdentifier, SIGKILL)
  }

  /// Returns settings that reach the server as `localhost`, and demand a certificate for that name by the
  /// tests' authority.
  func settings(_ change: (inout MySQLConfiguration) -> Void = { _ in }) throws -> MySQLConfiguration {
    try front.settings {
      $0.endpoint = .tcp(host: "localhost", port: UInt16(front.port))
      $0.tls.mode = .verifyIdentity
      $0.tls.caFile = TestCertificates.shared?.authority
      change(&$0)
    }
  }

  /// Connects, exchanges a command, and returns how the connection was encrypted.
  @discardableResult
  func use(_ change: (inout MySQLConfiguration) -> Void = { _ in }) async throws -> MySQLTLS.Info {
    let settings = try settings(change)
    return try await watched {
      try await MySQLConnection.with(settings) {
        try await $0.ping()
        return try #require($0.server.tls)
      }
    }
  }

  /// Expects that connecting fails with a TLS error and sends nothing in TLS. Returns the error's text.
  @discardableResult
  func refuse(
    sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout MySQLConfiguration) -> Void = { _ in }
  ) async throws -> String {
    let settings = try settings(change)
    let error = await failure(sourceLocation: sourceLocation) { try await MySQLConnection.connect(settings) }
    #expect(error?.kind == .tls, sourceLocation: sourceLocation)
    #expect(said.isEmpty, "something was sent in TLS", sourceLocation: sourceLocation)
    return error?.description ?? ""
  }

  /// What clients have sent in TLS.
  var said: [UInt8] { plaintext.bytes.withLock { $0 } }

  /// Returns a free port, but none that the system may give to another test's server in the meantime.
  private static func freePort() throws -> Int {
    let free = (0..<100).lazy.map { _ in UInt16.random(in: 10_240..<20_480) }.first { port in
      let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(probe) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
      return with(address) { bind(probe, $0, $1) } == 0
    }
    return Int(try #require(free))
  }
}

extension ScriptedConnection {
  /// Relays to a server that may only just be starting.
  fileprivate func relay(toStarting target: ServerAddress, plan: FaultPlan) throws(TestServerError) {
    while true {
      do throws(TestServerError) {
        return try relay(to: target, plan: plan)
      } catch .system(call: "connect", let code) {
        guard code == ECONNREFUSED else { throw .system(call: "connect", code: code) }
        try delay(.milliseconds(10))
      }
    }
  }
}
