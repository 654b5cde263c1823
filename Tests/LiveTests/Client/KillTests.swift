import MySQL
import Testing

extension Live {
  /// Cancelling and time limits end the statement at the server, and keep the connection.
  @Suite(.live, .timeLimit(.minutes(5))) struct KillTests {
    @Test(.tags(.waiting), arguments: LiveServer.all, [MySQLConfiguration.Cancellation.kill, .wait])
    func aStatementIsEndedAtTheServer(
      server: LiveServer, cancellation: MySQLConfiguration.Cancellation
    ) async throws {
      try await server.withConnection {
        $0.cancellation = cancellation
      } _: { connection in
        let task = Task { try await connection.execute("DO SLEEP(20)") }
        try await server.waitForStatement(of: connection)
        let start = ContinuousClock.now
        task.cancel()
        let error = await #expect(throws: MySQLError.self) { try await task.value }
        #expect(error?.kind == .cancelled && error?.reach == .unknown)
        try await connection.expect("SELECT 1", 1)
        #expect(start.duration(to: .now) < .seconds(2))
      }
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aTimeLimitEndsTheStatementAndNotTheConnection(server: LiveServer) async throws {
      try await server.withConnection { connection in
        for _ in 0..<3 {
          let error = await #expect(throws: MySQLError.self) {
            try await connection.execute("DO SLEEP(20)", timeout: .milliseconds(100))
          }
          #expect(error?.kind == .timeout)
          try await connection.expect("SELECT 1", 1)
        }
      }
      try await server.withConnection {
        $0.queryTimeout = .milliseconds(100)
      } _: { connection in
        let error = await #expect(throws: MySQLError.self) { try await connection.execute("DO SLEEP(20)") }
        #expect(error?.kind == .timeout)
        try await connection.expect("SELECT 1", 1)
      }
    }

    /// Results that would take long to read are ended at the server too.
    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aLargeResultThatIsDroppedSparesItsConnection(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(1000)
        for _ in 0..<3 {
          _ = try await connection.query("SELECT REPEAT('x', 10000) FROM numbers a, numbers b")
          try await connection.expect("SELECT 1", 1)
        }
      }
    }
  }
}
