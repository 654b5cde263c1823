import MySQL
import Testing

extension Live {
  @Suite(.live) struct TransactionTests {
    private struct Refusal: Error {}

    @Test(arguments: LiveServer.all) func commitsWhatReturnsAndUndoesWhatThrows(
      server: LiveServer
    ) async throws {
      try await server.withSchema { connection, schema in
        try await connection.execute("CREATE TABLE t (n INT)")
        try await server.withClient {
          $0.database = schema
        } _: { client in
          let id = try await client.withTransaction { transaction in
            try await transaction.execute("INSERT INTO t VALUES (\(1))")
            return 7
          }
          #expect(id == 7)
          await #expect(throws: Refusal.self) {
            try await client.withTransaction { transaction in
              try await transaction.execute("INSERT INTO t VALUES (\(2))")
              throw Refusal()
            }
          }
          #expect(client.status.leased == 0)
        }
        #expect(try await connection.values("SELECT n FROM t") == [1])
      }
    }

    @Test(arguments: LiveServer.all) func aTransactionInATransactionIsASavepoint(
      server: LiveServer
    ) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (n INT)")
        try await connection.withTransaction { outer in
          try await outer.execute("INSERT INTO t VALUES (1)")
          await #expect(throws: Refusal.self) {
            try await outer.withTransaction { inner in
              try await inner.execute("INSERT INTO t VALUES (2)")
              throw Refusal()
            }
          }
          try await outer.withTransaction { try await $0.execute("INSERT INTO t VALUES (3)") }
          // Starting it on the connection has the same effect.
          try await connection.withTransaction { try await $0.execute("INSERT INTO t VALUES (4)") }
        }
        #expect(try await connection.values("SELECT n FROM t ORDER BY n") == [1, 3, 4])
      }
    }

    @Test(arguments: LiveServer.all) func aStatementThatCommitsByItselfIsNoticed(
      server: LiveServer
    ) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (n INT)")
        let error = await #expect(throws: MySQLError.self) {
          try await connection.withTransaction { transaction in
            try await transaction.execute("INSERT INTO t VALUES (1)")
            try await transaction.execute("CREATE TABLE u (n INT)")
            try await transaction.execute("INSERT INTO t VALUES (2)")
          }
        }
        #expect(error?.kind == .misuse)
        try await connection.expect("SELECT COUNT(*) FROM t", 1)
        try await connection.withTransaction { try await $0.execute("INSERT INTO t VALUES (3)") }
        try await connection.expect("SELECT COUNT(*) FROM t", 2)
      }
    }

    @Test(arguments: LiveServer.all) func whatWasGivenToTheClosureEndsWithIt(server: LiveServer) async throws
    {
      try await server.withConnection { connection in
        let escaped = try await connection.withTransaction { $0 }
        let error = await #expect(throws: MySQLError.self) { try await escaped.execute("DO 0") }
        #expect(error?.kind == .misuse)
      }
    }

    @Test(arguments: LiveServer.all) func isolationAndReadingOnlyHoldForOneTransaction(
      server: LiveServer
    ) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (n INT)")
        let error = await #expect(throws: MySQLError.self) {
          try await connection.withTransaction(isolation: .serializable, readOnly: true) { transaction in
            _ = try await transaction.query("SELECT * FROM t").collect()
            try await transaction.execute("INSERT INTO t VALUES (1)")
          }
        }
        #expect(error?.server?.code.rawValue == 1792)
        try await connection.withTransaction { try await $0.execute("INSERT INTO t VALUES (2)") }
        try await connection.expect("SELECT COUNT(*) FROM t", 1)
      }
    }

    /// What two reads see of a row: one while another transaction has not committed it, and one after it has.
    @Test(arguments: LiveServer.all) func isolationSaysWhatATransactionSeesOfOthers(
      server: LiveServer
    ) async throws {
      try await server.withSchema { connection, schema in
        try await connection.execute("CREATE TABLE t (n INT)")
        for (isolation, seen) in [
          (.readUncommitted, [1, 1]), (.readCommitted, [0, 1]), (.repeatableRead, [0, 0]),
        ] as [(MySQLTransaction.Isolation, [Int])] {
          try await connection.execute("TRUNCATE TABLE t")
          try await server.withConnection { other in
            try await other.useDatabase(schema)
            try await connection.withTransaction(isolation: isolation) { transaction in
              try await transaction.expect("SELECT COUNT(*) FROM t", 0)
              try await other.withTransaction { writing in
                try await writing.execute("INSERT INTO t VALUES (1)")
                try await transaction.expect("SELECT COUNT(*) FROM t", seen[0])
              }
              try await transaction.expect("SELECT COUNT(*) FROM t", seen[1])
            }
          }
        }
      }
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aTaskThatIsCancelledRollsBackAndSparesItsConnection(server: LiveServer) async throws {
      try await server.withSchema { connection, schema in
        try await connection.execute("CREATE TABLE t (n INT)")
        try await server.withClient {
          $0.database = schema
          $0.maxConnections = 1
        } _: { client in
          let id = try await client.connectionID()
          let task = Task {
            try await client.withTransaction { transaction in
              try await transaction.execute("INSERT INTO t VALUES (1)")
              try await transaction.execute("DO SLEEP(20)")
            }
          }
          try await Task.sleep(for: .milliseconds(300))
          task.cancel()
          let error = await #expect(throws: MySQLError.self) { try await task.value }
          #expect(error?.kind == .cancelled)
          let next = try await client.connectionID()
          #expect(next == id)
        }
        try await connection.expect("SELECT COUNT(*) FROM t", 0)
      }
    }
  }
}
