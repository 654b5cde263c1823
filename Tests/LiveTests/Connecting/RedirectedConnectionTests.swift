import MySQL
import MySQLTesting
import Testing

extension Live {
  /// A server that is written in code sends clients on to a real one.
  @Suite(.live) struct RedirectedConnectionTests {
    @Test(.tags(.waiting), arguments: LiveServer.all)
    func theConnectionBelongsToTheServerThatWasReached(server: LiveServer) async throws {
      let target = try server.configuration().endpoint.text
      try await server.withAccount(password: "quack") { name in
        let first = try ScriptedServer { connection in
          try connection.acceptLogin(variables: ["redirect_url": "mysql://\(name)@\(target)"])
          _ = try connection.readCommand()
        }
        try await server.withConnection {
          $0.endpoint = .tcp(host: "127.0.0.1", port: UInt16(first.port))
          $0.user = "nobody"
          $0.password = "quack"
          // The server in code has no TLS.
          $0.tls = MySQLTLS(mode: .preferred)
        } _: { connection in
          #expect(connection.server.endpoint == target)
          try await connection.expect("SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)", name)
          let task = Task { _ = try await connection.query("SELECT SLEEP(20)").collect() }
          try await Task.sleep(for: .milliseconds(200))
          task.cancel()
          let error = await #expect(throws: MySQLError.self) { try await task.value }
          #expect(error?.kind == .cancelled)
          try await connection.expect("SELECT 1", 1)
        }
        #expect(first.connections.count == 1)
      }
    }
  }
}
