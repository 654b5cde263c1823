import MySQL
import Testing

extension Live {
  @Suite(.live, .tags(.text)) struct BatchTests {
    @Test(arguments: LiveServer.all, [0, 1, 2, 300, TestServers.amount(20_000, aByteAtATime: 1000)])
    func everyRowIsExecutedOnce(server: LiveServer, count: Int) async throws {
      try await BatchTable.with(server) { connection in
        let rows = (0..<count).lazy.map(BatchTable.row)
        try await connection.execute("START TRANSACTION")
        let result = try await connection.executeBatch(BatchTable.insert, rows)
        #expect(result.executedRows == count && result.affectedRows == UInt64(count))
        let stored = try await connection.query("SELECT id, name, x FROM t ORDER BY id").collect()
        #expect(stored.count == count)
        for (row, sent) in zip(stored, rows) {
          let (id, name, x) = try row.decode((Int, String?, Double?).self)
          #expect(id == sent.0 && name == sent.1 && x == sent.2)
        }
      }
    }

    @Test(arguments: LiveServer.all)
    func rowsComeFromValuesArraysAndStreams(server: LiveServer) async throws {
      try await BatchTable.with(server) { connection in
        try await connection.execute("CREATE TABLE u (n INT)")
        // A single value is not a tuple.
        try await connection.executeBatch("INSERT INTO u VALUES (?)", 1...10)
        let dynamic: [[any MySQLEncodable]] = [
          [1, "one", 0.5], [2, MySQLValue.null, 1], [3, "three", "2.5"],
        ]
        let result = try await connection.executeBatch(BatchTable.insert, dynamic)
        #expect(result.executedRows == 3)
        let stream = AsyncStream { continuation in
          for n in 11...300 { continuation.yield(n) }
          continuation.finish()
        }
        try await connection.executeBatch("INSERT INTO u VALUES (?)", stream)
        try await connection.expect("SELECT COUNT(*) FROM u WHERE n BETWEEN 1 AND 300", 300)
        try await connection.expect(
          "SELECT GROUP_CONCAT(IFNULL(name, '-'), x ORDER BY id) FROM t", "one0.5,-1,three2.5")
      }
    }

    @Test(arguments: LiveServer.all) func everyKindOfStatementRunsInABatch(server: LiveServer) async throws {
      try await BatchTable.with(server) { connection in
        try await connection.executeBatch(BatchTable.insert, (0..<100).map { ($0, "a", 0.0) })
        let updated = try await connection.executeBatch(
          "UPDATE t SET name = ? WHERE id = ?", (0..<50).map { ("b\($0)", $0) })
        #expect(updated.executedRows == 50 && updated.affectedRows == 50)
        let deleted = try await connection.executeBatch("DELETE FROM t WHERE id = ?", 90..<200)
        #expect(deleted.executedRows == 110 && deleted.affectedRows == 10)
        // A statement that returns rows, and one without values.
        let selected = try await connection.executeBatch("SELECT id FROM t WHERE id < ?", 0..<20)
        #expect(selected.executedRows == 20)
        let none = try await connection.executeBatch(
          "INSERT INTO t SELECT MAX(id) + 1, '', 0 FROM t", [[any MySQLEncodable]](repeating: [], count: 5))
        #expect(none.executedRows == 5 && none.affectedRows == 5)
        try await connection.expect("SELECT COUNT(*) FROM t", 95)
      }
    }

    @Test(arguments: LiveServer.all) func aBatchMayReturnRows(server: LiveServer) async throws {
      try await BatchTable.with(server) { connection in
        guard connection.server.isMariaDB else { return }
        for _ in 0..<2 {
          let result = try await connection.executeBatch(
            "INSERT INTO t (id, name) VALUES (?, 'x') ON DUPLICATE KEY UPDATE x = 1 RETURNING id, name",
            0..<20)
          #expect(result.executedRows == 20)
        }
        try await connection.expect("SELECT COUNT(*) FROM t WHERE x = 1", 20)
      }
    }

    @Test(arguments: LiveServer.all) func aBatchInsertsWhatItSelects(server: LiveServer) async throws {
      try await BatchTable.with(server) { connection in
        let inserted = try await connection.executeBatch(
          "INSERT INTO t (id, name) SELECT ?, ?", (0..<50).map { ($0, "a") })
        #expect(inserted.executedRows == 50 && inserted.affectedRows == 50)
        try await connection.executeBatch(
          "REPLACE INTO t (id, name) SELECT id, ? FROM (SELECT ? AS id) AS one", (0..<50).map { ("b", $0) })
        try await connection.expect("SELECT COUNT(*) FROM t WHERE name = 'b'", 50)
      }
    }

    @Test(arguments: LiveServer.all)
    func rowsLargerThanACommandArrive(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (id INT, b LONGBLOB)")
        let sizes = [0, 1 << 20, 3, 5 << 20, 2 << 20, 1].map { TestServers.amount($0, aByteAtATime: $0 >> 8) }
        let rows = sizes.enumerated().map { ($0, [UInt8](repeating: 0x62, count: $1)) }
        try await connection.executeBatch("INSERT INTO t VALUES (?, ?)", rows)
        let stored = try await connection.query("SELECT LENGTH(b) FROM t ORDER BY id").collect()
        #expect(try stored.map { try $0.decode(Int.self) } == sizes)
      }
    }

    @Test(arguments: LiveServer.all, [nil, true, false] as [Bool?])
    func rowsGoOneByOneWhereAFileMayBeAskedForOrNothingIsPipelined(
      server: LiveServer, pipelining: Bool?
    ) async throws {
      try await BatchTable.with(
        server,
        {
          $0.allowsLocalInfile = pipelining == true
          $0.pipelining = pipelining
        }
      ) { connection in
        try await connection.executeBatch(BatchTable.insert, (0..<50).map { ($0, "a", 0.0) })
        try await connection.executeBatch("UPDATE t SET name = ? WHERE id = ?", (0..<50).map { ("b", $0) })
        try await connection.executeBatch("SELECT ? + 0", 0..<50)
        try await connection.expect("SELECT COUNT(*) FROM t WHERE name = 'b'", 50)
        let error = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(BatchTable.insert, [60, 0, 61].map { ($0, "a", 0.0) })
        }
        #expect(error?.batch?.failedRows == 1..<2)
        // Nothing is sent after the row that failed. Over TLS a batch is pipelined by default; but MariaDB gets
        // all rows in one command.
        let isPipelined = pipelining == nil && connection.server.tls != nil && !connection.server.isMariaDB
        try await connection.expect("SELECT COUNT(*) FROM t WHERE id = 61", isPipelined ? 1 : 0)
      }
    }
  }
}
