import MySQL
import Testing

extension Live {
  @Suite(.live, .byBothProtocols) struct ExecuteTests {
    @Test(arguments: LiveServer.all) func tellsWhatAStatementDid(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v TINYINT)")
        try await connection.execute("ALTER TABLE t AUTO_INCREMENT = 100")
        let inserted = try await connection.execute("INSERT INTO t (v) VALUES (1), (2), (3)")
        #expect(inserted.affectedRows == 3)
        #expect(inserted.lastInsertID == 100)
        #expect(inserted.info == "Records: 3  Duplicates: 0  Warnings: 0")
        let updated = try await connection.execute("UPDATE t SET v = 3")
        #expect(updated.affectedRows == 2)
        #expect(updated.info == "Rows matched: 3  Changed: 2  Warnings: 0")
        let deleted = try await connection.execute("DELETE FROM t WHERE v = 3")
        #expect(deleted.affectedRows == 3)
        #expect(deleted.lastInsertID == 0)
      }
    }

    @Test(arguments: LiveServer.all) func countsWarnings(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let result = try await connection.execute("DROP DATABASE IF EXISTS live_no_such_schema")
        #expect(result.warningCount == 1)
        let rows = try await connection.query("SELECT CAST('1x' AS SIGNED), CAST('2y' AS SIGNED)")
        _ = try await rows.collect()
        #expect(rows.result?.warningCount == 2)
      }
    }

    @Test(arguments: LiveServer.all) func theLargestInsertIDFits(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (id BIGINT UNSIGNED PRIMARY KEY AUTO_INCREMENT)")
        try await connection.execute("ALTER TABLE t AUTO_INCREMENT = 18446744073709551613")
        let result = try await connection.execute("INSERT INTO t VALUES ()")
        #expect(result.lastInsertID == 18_446_744_073_709_551_613)
      }
    }

    @Test(arguments: LiveServer.all) func rowsOfAnExecutedStatementAreDropped(server: LiveServer) async throws
    {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(TestServers.amount(5000, aByteAtATime: 500))
        try await connection.execute("SELECT n, REPEAT('x', 100) FROM numbers")
        try await connection.expect("SELECT 1", 1)
      }
    }

    @Test(arguments: LiveServer.all) func tellsWhatChangedInTheSession(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("SET session_track_system_variables = 'autocommit,sql_mode'")
        try await connection.execute("SET session_track_state_change = ON")
        let used = try await connection.execute("USE mysql")
        #expect(used.sessionChanges.contains(.database("mysql")))
        let set = try await connection.execute("SET autocommit = 0")
        #expect(set.sessionChanges.contains(.variable(name: "autocommit", value: "OFF")))
        #expect(set.sessionChanges.contains(.state(changed: true)))
        try await connection.execute("SET autocommit = 1")
        try await connection.execute("SET session_track_transaction_info = 'CHARACTERISTICS'")
        let begun = try await connection.execute("START TRANSACTION READ ONLY")
        #expect(begun.sessionChanges.contains(.transactionCharacteristics("START TRANSACTION READ ONLY;")))
        #expect(connection.isInTransaction)
        try await connection.execute("ROLLBACK")
        #expect(!connection.isInTransaction)
        try await connection.execute("SET session_track_transaction_info = 'STATE'")
        let explicit = try await connection.execute("BEGIN")
        #expect(explicit.sessionChanges.contains(.transactionState("T_______")))
        try await connection.execute("ROLLBACK")
      }
    }

    @Test(arguments: LiveServer.all) func tellsTheTransactionsIDWhereTheServerHasThem(
      server: LiveServer
    ) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (id INT)")
        guard !connection.server.isMariaDB,
          try await connection.value("SELECT CONCAT(@@gtid_mode, @@log_bin)") == "ON1"
        else {
          // Without GTIDs there are none to report.
          let result = try await connection.execute("INSERT INTO t VALUES (1)")
          #expect(result.gtids == nil)
          return
        }
        try await connection.execute("SET session_track_gtids = OWN_GTID")
        let result = try await connection.execute("INSERT INTO t VALUES (1)")
        let gtids = try #require(result.gtids)
        #expect(gtids.contains(":") && result.sessionChanges.contains(.gtids(gtids)))
      }
    }

    @Test(arguments: LiveServer.all) func reportsADuplicateKey(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(1)
        let error = await #expect(throws: MySQLError.self) {
          try await connection.execute("INSERT INTO numbers VALUES (1)")
        }
        #expect(error?.server?.code == .duplicateEntry)
        #expect(error?.server?.sqlState == "23000")
        #expect(error?.isRetryable == false)
      }
    }
  }
}
