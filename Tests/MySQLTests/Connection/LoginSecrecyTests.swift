import MySQL
import MySQLTesting
import Testing

/// However a login ends, the password appears in nothing that anybody gets to see.
@Suite(.timed) struct LoginSecrecyTests {
  enum End: String, CaseIterable, CustomTestStringConvertible {
    case accepted, refused, closed, broken, silent

    var testDescription: String { rawValue }

    func happen(_ connection: ScriptedConnection) throws {
      switch self {
      case .accepted: try connection.sendOK()
      case .refused: try connection.sendError(1045, state: "28000", message: "Access denied for user 'test'")
      case .closed: return connection.close()
      case .broken: try connection.sendPacket([0x7F, 1, 2, 3])
      case .silent: break
      }
      while self == .accepted {
        if try connection.readCommand() == .quit { return }
        try connection.sendOK()
      }
      try connection.stall()
    }
  }

  /// Uses a unix socket because, without TLS, the client sends a clear password over nothing else.
  @Test(arguments: End.allCases, LoginEntry.allCases)
  func nothingThatIsShownHasThePassword(end: End, entry: LoginEntry) async throws {
    var logins = 0
    for plugin in loginPlugins {
      let path = "/tmp/secrecy-\(UInt32.random(in: .min ... .max)).sock"
      let server = try ScriptedServer(at: .unix(path: path)) { connection in
        // No server sends a challenge for signatures in its greeting.
        try entry.play(connection, plugin: plugin == "client_ed25519" ? "mysql_native_password" : plugin)
        try connection.sendAuthSwitch(to: plugin, challenge: challenge(for: plugin))
        // A client that does not know the method sends no answer.
        _ = try connection.readPacket()
        try end.happen(connection)
      }
      defer { server.stop() }
      let told = PasswordFinder()
      do {
        let client = try await watched {
          try await entry.logIn(to: server, observer: told) {
            $0.allowsClearPassword = true
            $0.connectTimeout = end == .silent ? .milliseconds(100) : .seconds(5)
            $0.queryTimeout = $0.connectTimeout
            $0.additionalPasswords = [MySQLSecret(canary)]
          }
        }
        logins += 1
        try await client.ping()
        told.hear(client)
        told.hear(client.configuration)
        told.hear(client.server)
        await client.close()
        told.hear(client)
        let late = await failure { try await client.ping() }
        told.hear(late as Any)
      } catch {
        #expect(error is MySQLError, "\(error)")
        told.hear(error)
      }
      #expect(told.count > 1, "\(plugin)")
      #expect(told.secrets == [], "\(plugin)")
    }
    #expect(logins == (end == .accepted ? 5 : 0))
  }

  /// Tests the search itself: it finds a password wherever one is exposed.
  @Test func aPasswordThatIsShownIsFound() {
    struct Holder { var name = [Inner()] }
    struct Inner { let bytes = Array("x\(canary)x".utf8) }
    final class Object { let text = "pre\(canary)" }
    for value in [canary as Any, Holder(), Object(), MySQLError(.server, canary), ["k": [canary]]] {
      let finder = PasswordFinder()
      finder.hear(value)
      #expect(finder.secrets != [], "\(type(of: value))")
    }
  }
}
