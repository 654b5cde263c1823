import MySQL
import Testing

extension Live {
  @Suite(.live, .byBothProtocols, .tags(.indifferent)) struct DroppedRowTests {
    @Test(arguments: LiveServer.all) func droppedRowsLetTheNextCommandIn(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(1000)
        for _ in 1...TestServers.amount(20, aByteAtATime: 1) {
          _ = try await connection.query("SELECT n, REPEAT('x', 100) FROM numbers")
          try await connection.expect("SELECT 7", 7)
          for try await _ in try await connection.query("SELECT n, REPEAT('x', 100) FROM numbers") { break }
          try await connection.expect("SELECT 8", 8)
        }
      }
    }

    @Test(arguments: LiveServer.all)
    func manyDroppedRowsCloseTheConnectionWhereNothingIsKilled(server: LiveServer) async throws {
      try await server.withSchema({ $0.cancellation = .close }) { connection, _ in
        try await connection.makeNumbers(100)
        _ = try await connection.query("SELECT REPEAT('x', 1000000) FROM numbers")
        let error = await #expect(throws: MySQLError.self) { try await connection.ping() }
        #expect(error?.kind == .connectionClosed)
        #expect(error?.isRetryable == true)
        // At one byte at a time, the time may run out first.
        let reasons = TestServers.areSlow ? ["not read to its end", "nobody reads"] : ["not read to its end"]
        #expect(reasons.contains { error?.message.contains($0) == true })
        #expect(connection.isClosed)
        try await server.end(connection)
      }
    }

    /// The rest would come at one row every tenth of a second, for a hundred seconds.
    @Test(.tags(.waiting), arguments: LiveServer.all)
    func droppedRowsThatDoNotComeCloseTheConnectionWhereNothingIsKilled(server: LiveServer) async throws {
      try await server.withSchema({ $0.cancellation = .close }) { connection, _ in
        try await connection.makeNumbers(1000)
        let start = ContinuousClock.now
        _ = try await connection.query(
          "SELECT n, IF(n > 500, SLEEP(0.1), REPEAT('x', 100)) FROM numbers ORDER BY n")
        let error = await #expect(throws: MySQLError.self) { try await connection.ping() }
        #expect(error?.kind == .connectionClosed)
        #expect(start.duration(to: .now) < .seconds(10))
        // The server still executes the statement, and holds the table.
        try await server.end(connection)
      }
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func droppedRowsThatDoNotComeAreEndedAtTheServer(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(1000)
        let start = ContinuousClock.now
        _ = try await connection.query(
          "SELECT n, IF(n > 500, SLEEP(0.1), REPEAT('x', 100)) FROM numbers ORDER BY n")
        try await connection.expect("SELECT 1", 1)
        #expect(start.duration(to: .now) < .seconds(5))
      }
    }
  }
}
