import MySQL
import Testing

extension Live {
  /// Batches of values of `Codable` types.
  @Suite(.live, .tags(.data)) struct ModelBatchTests {
    @Test(arguments: LiveServer.all, [0, 1, 300, TestServers.amount(3000, aByteAtATime: 301)])
    func aBatchInsertsEveryValueOnce(server: LiveServer, count: Int) async throws {
      try await LiveUser.withTable(of: server) { connection, schema in
        let users = (0..<count).map(LiveUser.user)
        try await connection.execute("START TRANSACTION")
        let result = try await connection.executeBatch(into: "users", users, using: LiveUser.encoder)
        #expect(result.executedRows == count && result.affectedRows == UInt64(count))
        #expect(try await LiveUser.stored(connection) == users)
        try await connection.execute("ROLLBACK")
        let again = try await connection.executeBatch(
          into: "users", in: schema, users.lazy, using: LiveUser.encoder)
        #expect(again == result)
      }
    }

    @Test(arguments: LiveServer.all, [0, 1, 300]) func valuesMayComeFromAStream(
      server: LiveServer, count: Int
    ) async throws {
      try await LiveUser.withTable(of: server) { connection, schema in
        let users = (0..<count).map(LiveUser.user)
        let stream = AsyncStream { continuation in
          for user in users { continuation.yield(user) }
          continuation.finish()
        }
        let result = try await connection.executeBatch(
          into: "users", in: schema, stream, using: LiveUser.encoder)
        #expect(result.executedRows == count)
        #expect(try await LiveUser.stored(connection) == users)
      }
    }

    @Test(arguments: LiveServer.all) func aValueThatCannotBeSentEndsTheBatch(server: LiveServer) async throws
    {
      try await LiveUser.withTable(of: server) { connection, _ in
        for bad in [0, 1, 400] {
          try await connection.execute("DELETE FROM users")
          let users = (0..<500).map { id in
            var user = LiveUser.user(id)
            if id == bad { user.score = .nan }
            return user
          }
          let error = await #expect(throws: MySQLError.self) {
            try await connection.executeBatch(into: "users", users, using: LiveUser.encoder)
          }
          #expect(error?.kind == .encoding)
          #expect(error?.message.contains(#"column "score" of LiveUser: "#) == true)
          #expect(error?.batch?.failedRows == bad..<bad + 1)
          try await connection.expect("SELECT COUNT(*) FROM users", bad)
        }
        try await connection.execute("CREATE TABLE t (a INT, b INT)")
        let other = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(into: "t", [["a": 1, "b": 2], ["b": 4, "a": 3], ["a": 5]])
        }
        #expect(other?.kind == .encoding && other?.batch?.failedRows == 2..<3)
        try await connection.expect("SELECT GROUP_CONCAT(a, b ORDER BY a) FROM t", "12,34")
      }
    }
  }
}
