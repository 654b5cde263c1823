import MySQL
import Testing

extension Live {
  @Suite(.live) struct DeadlockTests {
    /// Creates a table `t` of two rows, and calls a closure with a connection and with a client to lock the rows.
    private func withTwoRows(
      _ server: LiveServer,
      _ body: nonisolated(nonsending) (MySQLConnection, MySQLClient) async throws -> Void
    ) async throws {
      try await server.withSchema { connection, schema in
        try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, n INT) ENGINE = InnoDB")
        try await connection.execute("INSERT INTO t VALUES (1, 0), (2, 0)")
        try await server.withClient {
          $0.database = schema
        } _: { client in
          try await body(connection, client)
        }
      }
    }

    /// Two transactions that lock two rows in opposite orders: one of them is rolled back and run again.
    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aDeadlockIsTriedAgainAsAWhole(server: LiveServer) async throws {
      try await withTwoRows(server) { connection, client in
        try await withThrowingTaskGroup { group in
          for worker in 0..<4 {
            group.addTask {
              for _ in 0..<25 {
                try await client.withTransaction(retries: 100) { transaction in
                  let order = worker % 2 == 0 ? [1, 2] : [2, 1]
                  for id in order {
                    try await transaction.execute("UPDATE t SET n = n + 1 WHERE id = \(id)")
                  }
                }
              }
            }
          }
          try await group.waitForAll()
        }
        #expect(try await connection.values("SELECT n FROM t") == [100, 100])
      }
    }

    /// After a deadlock, the server has ended the transaction: nothing that follows may run outside of it.
    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aClosureThatGoesOnAfterADeadlockIsStopped(server: LiveServer) async throws {
      try await withTwoRows(server) { connection, client in
        let failures = await withTaskGroup { group in
          for worker in 0..<2 {
            group.addTask { () -> MySQLError? in
              do {
                try await client.withTransaction { transaction in
                  let order = worker == 0 ? [1, 2] : [2, 1]
                  try await transaction.execute("UPDATE t SET n = 5 WHERE id = \(order[0])")
                  try await Task.sleep(for: .milliseconds(300))
                  _ = try? await transaction.execute("UPDATE t SET n = 5 WHERE id = \(order[1])")
                  try await transaction.execute("INSERT INTO t VALUES (\(10 + worker), 0)")
                }
                return nil
              } catch {
                return error as? MySQLError
              }
            }
          }
          return await group.reduce(into: [MySQLError]()) { if let error = $1 { $0.append(error) } }
        }
        #expect(failures.count == 1)
        #expect(failures.first?.server?.code == .lockDeadlock)
        try await connection.expect("SELECT COUNT(*) FROM t WHERE id >= 10", 1)
      }
    }
  }
}
