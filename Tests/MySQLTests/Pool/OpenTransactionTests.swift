import MySQL
import MySQLTesting
import Testing

/// Transactions that a holder has left open on a connection of a pool.
@Suite(.timed) struct OpenTransactionTests {
  /// The reset that undoes it goes ahead of the next holder's transaction.
  @Test(arguments: [false, true])
  func aTransactionThatWasLeftOpenIsNotInTheWayOfTheNextHolder(isWaiting: Bool) async throws {
    let sessions = SessionServer()
    let server = try sessions.start()
    defer { server.stop() }
    let client = try MySQLClient(server.settings { $0.maxConnections = 1 })
    let next = { @Sendable in
      await failure {
        try await client.withTransaction { try await $0.execute("INSERT INTO t VALUES (2)") }
      }
    }
    let waiter = try await client.withConnection { connection -> Task<MySQLError?, Never>? in
      try await connection.execute("BEGIN")
      try await connection.execute("INSERT INTO t VALUES (1)")
      guard isWaiting else { return nil }
      let waiter = Task { await next() }
      #expect(await wait { client.status.waiting == 1 })
      return waiter
    }
    let error = if let waiter { await waiter.value } else { await next() }
    #expect(error == nil, "\(error as Any)")
    let beginning = try #require(sessions.entries("START TRANSACTION").first)
    #expect(!beginning.isInTransaction, "\(sessions.texts)")
    #expect(sessions.entries("INSERT INTO t VALUES (2)").map(\.isInTransaction) == [true])
    #expect(sessions.entries("COMMIT").count == 1)
    await client.shutdown()
  }
}
