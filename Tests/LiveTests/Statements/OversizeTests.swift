import MySQL
import Testing

extension Live {
  /// What is larger than the setting `maxAllowedPacket` is refused before anything of it is sent.
  @Suite(.live) struct OversizeTests {
    private static let most = 4096
    private static let long = String(repeating: "x", count: most + 1)

    @Test(arguments: LiveServer.all) func neitherStatementNorValueIsSent(server: LiveServer) async throws {
      try await server.withConnection {
        $0.maxAllowedPacket = Self.most
      } _: { connection in
        let statement = await #expect(throws: MySQLError.self) {
          try await connection.query("SELECT '\(unsafe: Self.long)'")
        }
        #expect(statement?.kind == .encoding && statement?.reach == .notSent)
        let value = await #expect(throws: MySQLError.self) {
          try await connection.query("SELECT LENGTH(\(Self.long))")
        }
        #expect(value?.kind == .encoding && value?.reach == .notSent)
        try await connection.expect("SELECT 1", 1)
      }
    }

    @Test(arguments: LiveServer.all) func noRowOfABatchIsSent(server: LiveServer) async throws {
      try await server.withSchema {
        $0.maxAllowedPacket = Self.most
      } _: { connection, _ in
        try await connection.execute("CREATE TABLE t (v TEXT)")
        let error = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch("INSERT INTO t VALUES (?)", ["a", "b", Self.long, "d"])
        }
        #expect(error?.kind == .encoding && error?.batch?.failedRows == 2..<3)
        #expect(error?.batch?.completedCount == 2)
        try await connection.expect("SELECT GROUP_CONCAT(v ORDER BY v) FROM t", "a,b")
      }
    }
  }
}
