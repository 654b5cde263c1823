import MySQL
import Testing

extension Live {
  /// Statements that are prepared once and executed several times.
  @Suite(.live, .tags(.data, .text)) struct StatementReuseTests {
    @Test(arguments: LiveServer.all)
    func aStatementIsPreparedOnceAndExecutedOften(server: LiveServer) async throws {
      try await server.withConnection { connection in
        for number in 0..<20 { try await connection.expect("SELECT \(number) + 1", number + 1) }
        let counts = try await connection.counts("Com_stmt_prepare", "Com_stmt_execute", "Com_stmt_close")
        #expect(counts == [1, 20, 0])
      }
    }

    @Test(arguments: LiveServer.all)
    func aFullCacheClosesWhatWasUsedLeastRecently(server: LiveServer) async throws {
      try await server.withConnection({ $0.statementCacheSize = 2 }) { connection in
        for _ in 0..<3 {
          for column in ["a", "b", "c"] {
            try await connection.expect("SELECT \(7) + 0 AS \(identifier: column)", 7)
          }
        }
        let counts = try await connection.counts("Com_stmt_prepare", "Com_stmt_close")
        #expect(counts == [9, 7])
      }
    }

    @Test(arguments: LiveServer.all) func withoutACacheNothingStays(server: LiveServer) async throws {
      try await server.withConnection({ $0.statementCacheSize = 0 }) { connection in
        for number in 0..<3 { try await connection.expect("SELECT \(number) + 0", number) }
        try await connection.withStatement("SELECT ? * 2") { statement in
          for number in 0..<3 {
            let row = try await statement.query(number).collect().first
            #expect(try row?.decode(Int.self) == 2 * number)
          }
        }
        let counts = try await connection.counts("Com_stmt_prepare", "Com_stmt_close")
        #expect(counts == [4, 4])
      }
    }

    @Test(arguments: LiveServer.all)
    func anotherDatabaseHasOtherTables(server: LiveServer) async throws {
      try await server.withSchema { connection, first in
        try await server.withSchema { other, second in
          try await connection.execute("CREATE TABLE t AS SELECT 1 AS n")
          try await other.execute("CREATE TABLE t AS SELECT 2 AS n")
          try await connection.expect("SELECT n FROM t WHERE n > \(0)", 1)
          try await connection.useDatabase(second)
          try await connection.expect("SELECT n FROM t WHERE n > \(0)", 2)
          try await connection.execute("USE \(identifier: first)")
          try await connection.expect("SELECT n FROM t WHERE n > \(0)", 1)
        }
      }
    }

    @Test(arguments: LiveServer.all)
    func aSessionAsNewPreparesAgain(server: LiveServer) async throws {
      try await server.withConnection { connection in
        try await connection.withStatement("SELECT ? + 1") { statement in
          for number in 0..<3 {
            let row = try await statement.query(number).collect().first
            #expect(try row?.decode(Int.self) == number + 1)
            try await connection.reset()
          }
          try await connection.changeUser(connection.configuration.user)
          let row = try await statement.query(5).collect().first
          #expect(try row?.decode(Int.self) == 6)
        }
      }
    }

    @Test(arguments: LiveServer.all)
    func aStatementOfAClosedConnectionSaysSo(server: LiveServer) async throws {
      let connection = try await server.connect()
      try await connection.withStatement("SELECT ?") { statement in
        _ = try await statement.query(1).collect()
        await connection.close()
        let error = await #expect(throws: MySQLError.self) { try await statement.query(1) }
        #expect(error?.kind == .connectionClosed && error?.reach == .notSent)
      }
    }
  }
}
