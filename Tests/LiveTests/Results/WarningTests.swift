import MySQL
import Testing

extension Live {
  @Suite(.live) struct WarningTests {
    @Test(arguments: LiveServer.all, [false, true]) func reportsWarningsOfEachLevel(
      server: LiveServer, isPrepared: Bool
    ) async throws {
      try await server.withSchema({ $0.initCommands = ["SET sql_mode = ''"] }) { connection, _ in
        try await connection.execute(
          "CREATE TABLE t (v VARCHAR(2) PRIMARY KEY)", options: .init(prepared: isPrepared))
        let none = try await connection.warnings()
        #expect(none.isEmpty)
        try await connection.execute(
          "CREATE TABLE IF NOT EXISTS t (v INT)", options: .init(prepared: isPrepared))
        let note = try await connection.warnings()
        #expect(note.map(\.level) == [.note] && note.first?.code.name == "ER_TABLE_EXISTS_ERROR")
        let result = try await connection.execute(
          "INSERT INTO t VALUES ('été'), ('long')", options: .init(prepared: isPrepared))
        let warnings = try await connection.warnings()
        #expect(warnings.count == 2 && result.warningCount == 2)
        #expect(warnings.allSatisfy { $0.level == .warning && $0.code.name == "WARN_DATA_TRUNCATED" })
        #expect(warnings.last?.message == "Data truncated for column 'v' at row 2")
        // Asking does not make the server forget.
        let again = try await connection.warnings()
        #expect(again == warnings)
        await #expect(throws: MySQLError.self) {
          try await connection.execute("SELECT * FROM absent", options: .init(prepared: isPrepared))
        }
        let error = try await connection.warnings()
        #expect(error.map(\.level) == [.error] && error.first?.code == .noSuchTable)
        try await connection.execute("SELECT v FROM t", options: .init(prepared: isPrepared))
        let gone = try await connection.warnings()
        #expect(gone.isEmpty)
      }
    }

    @Test(arguments: LiveServer.all) func reportsWarningsOfBoundValuesAndOfTransactions(
      server: LiveServer
    ) async throws {
      try await server.withSchema({ $0.initCommands = ["SET sql_mode = ''"] }) { connection, _ in
        try await connection.execute("CREATE TABLE t (n TINYINT)")
        try await connection.withTransaction { transaction in
          try await transaction.execute("INSERT INTO t VALUES (\(1000))")
          let warnings = try await transaction.warnings()
          #expect(warnings.map(\.code.name) == ["ER_WARN_DATA_OUT_OF_RANGE"])
        }
      }
    }

    @Test(arguments: LiveServer.all) func aTransactionThatIsOverHasNoWarnings(server: LiveServer) async throws
    {
      try await server.withConnection { connection in
        var kept: MySQLTransaction?
        try await connection.withTransaction { kept = $0 }
        let transaction = try #require(kept)
        let error = await #expect(throws: MySQLError.self) { try await transaction.warnings() }
        #expect(error?.kind == .misuse)
      }
    }

    @Test(arguments: LiveServer.all) func rowsThatAreUnreadForbidAsking(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let rows = try await connection.query("SELECT 1 UNION SELECT 2")
        let error = await #expect(throws: MySQLError.self) { try await connection.warnings() }
        #expect(error?.kind == .misuse)
        _ = try await rows.collect()
      }
    }
  }
}
