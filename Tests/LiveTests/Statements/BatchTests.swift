import MySQL
import Testing

extension Live {
  @Suite(.live, .tags(.text)) struct BatchTests {
    private func withTable(
      of server: LiveServer, _ change: (inout MySQLConfiguration) -> Void = { _ in },
      _ body: nonisolated(nonsending) (MySQLConnection) async throws -> Void
    ) async throws {
      try await server.withSchema {
        // Nothing between us and the server mixes up commands, in clear text or not.
        $0.pipelining = true
        change(&$0)
      } _: { connection, _ in
        try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(100), x DOUBLE)")
        try await body(connection)
      }
    }

    private static func row(_ id: Int) -> (Int, String?, Double?) {
      (id, id % 3 == 0 ? nil : "row \(id)", id % 2 == 0 ? Double(id) / 8 : nil)
    }

    private static let insert = "INSERT INTO t VALUES (?, ?, ?)" as MySQLQuery

    @Test(arguments: LiveServer.all, [0, 1, 2, 300, TestServers.amount(20_000, aByteAtATime: 1000)])
    func everyRowIsExecutedOnce(server: LiveServer, count: Int) async throws {
      try await withTable(of: server) { connection in
        let rows = (0..<count).lazy.map(Self.row)
        try await connection.execute("START TRANSACTION")
        let result = try await connection.executeBatch(Self.insert, rows)
        #expect(result.rows == count && result.affectedRows == UInt64(count))
        let stored = try await connection.query("SELECT id, name, x FROM t ORDER BY id").collect()
        #expect(stored.count == count)
        for (row, sent) in zip(stored, rows) {
          let (id, name, x) = try row.decode((Int, String?, Double?).self)
          #expect(id == sent.0 && name == sent.1 && x == sent.2)
        }
      }
    }

    @Test(arguments: LiveServer.all) func otherSourcesOfRows(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        try await connection.execute("CREATE TABLE u (n INT)")
        // A single value is not a tuple.
        try await connection.executeBatch("INSERT INTO u VALUES (?)", 1...10)
        let dynamic: [[any MySQLEncodable]] = [
          [1, "one", 0.5], [2, MySQLValue.null, 1], [3, "three", "2.5"],
        ]
        let result = try await connection.executeBatch(Self.insert, dynamic)
        #expect(result.rows == 3)
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

    @Test(arguments: LiveServer.all) func otherStatements(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        try await connection.executeBatch(Self.insert, (0..<100).map { ($0, "a", 0.0) })
        let updated = try await connection.executeBatch(
          "UPDATE t SET name = ? WHERE id = ?", (0..<50).map { ("b\($0)", $0) })
        #expect(updated.rows == 50 && updated.affectedRows == 50)
        let deleted = try await connection.executeBatch("DELETE FROM t WHERE id = ?", 90..<200)
        #expect(deleted.rows == 110 && deleted.affectedRows == 10)
        // A statement that returns rows, and one without values.
        let selected = try await connection.executeBatch("SELECT id FROM t WHERE id < ?", 0..<20)
        #expect(selected.rows == 20)
        let none = try await connection.executeBatch(
          "INSERT INTO t SELECT MAX(id) + 1, '', 0 FROM t", [[any MySQLEncodable]](repeating: [], count: 5))
        #expect(none.rows == 5 && none.affectedRows == 5)
        try await connection.expect("SELECT COUNT(*) FROM t", 95)
      }
    }

    @Test(arguments: LiveServer.all, [1, 300, 400, 1999])
    func theRowThatFailsIsNamed(server: LiveServer, bad: Int) async throws {
      try await withTable(of: server) { connection in
        let ids = (0..<2000).map { $0 == bad ? 0 : $0 }
        let error = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(Self.insert, ids.map { ($0, "a", 0.0) })
        }
        #expect(error?.server?.code == .duplicateEntry)
        let batch = try #require(error?.batch)
        #expect(batch.failed == bad..<bad + 1)
        // The rows that are reported as done are stored, and no others.
        let stored = try await connection.query("SELECT id FROM t ORDER BY id").collect()
        let expected = batch.done.flatMap { $0 }.map { ids[$0] }
        #expect(try stored.map { try $0.decode(Int.self) } == expected)
        try await connection.expect("SELECT \(1) + 0", 1)
      }
    }

    @Test(arguments: LiveServer.all) func aRowThatCannotBeSentEndsTheBatch(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let error = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(Self.insert, (0..<1000).map { ($0, "a", $0 == 700 ? .nan : 0.0) })
        }
        #expect(error?.kind == .encoding)
        let batch = try #require(error?.batch)
        #expect(batch.failed == 700..<701 && batch.doneCount == 700 && batch.unknown.isEmpty)
        try await connection.expect("SELECT COUNT(*) FROM t", batch.doneCount)
        let other = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(Self.insert, [(1, 2)])
        }
        #expect(other?.kind == .encoding && other?.message.contains("3 placeholders") == true)
        let refused = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch("INSERT INTO no_such_table VALUES (?)", 0..<3)
        }
        #expect(refused?.server?.code == .noSuchTable)
        try await connection.expect("SELECT \(1) + 0", 1)
      }
    }

    @Test(arguments: LiveServer.all) func aBatchThatBringsRows(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        guard connection.server.isMariaDB else { return }
        for _ in 0..<2 {
          let result = try await connection.executeBatch(
            "INSERT INTO t (id, name) VALUES (?, 'x') ON DUPLICATE KEY UPDATE x = 1 RETURNING id, name",
            0..<20)
          #expect(result.rows == 20)
        }
        try await connection.expect("SELECT COUNT(*) FROM t WHERE x = 1", 20)
      }
    }

    @Test(arguments: LiveServer.all)
    func rowsThatEndByCancellationAreNotAll(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let (isEmpty, continuation) = AsyncStream<Never>.makeStream()
        let task = Task { try await connection.executeBatch(Self.insert, TenRows(isEmpty: continuation)) }
        for await _ in isEmpty {}
        task.cancel()
        let error = await #expect(throws: MySQLError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.batch?.doneCount == 0)
        try await connection.expect("SELECT COUNT(*) FROM t", 0)
      }
    }

    /// Ten rows. A request for another one waits.
    private struct TenRows: AsyncSequence, AsyncIteratorProtocol {
      /// Finished when the eleventh row is asked for.
      let isEmpty: AsyncStream<Never>.Continuation
      private var id = 0

      init(isEmpty: AsyncStream<Never>.Continuation) { self.isEmpty = isEmpty }

      func makeAsyncIterator() -> Self { self }

      mutating func next(isolation actor: isolated (any Actor)?) async throws(Never) -> (Int, String, Double)?
      {
        id += 1
        if id <= 10 { return (id, "a", 0) }
        isEmpty.finish()
        try? await Task.sleep(for: .seconds(60))
        return nil
      }
    }

    private struct Broken: Error {}

    @Test(arguments: LiveServer.all, [0, 1, 100, 600])
    func aSourceThatFailsThrowsItsOwnErrorWhenTheRowsBeforeAreDone(
      server: LiveServer, count: Int
    ) async throws {
      try await withTable(of: server) { connection in
        let source = AsyncThrowingStream<(Int, String, Double), any Error> { continuation in
          for id in 0..<count { continuation.yield((id, "a", 0)) }
          continuation.finish(throwing: Broken())
        }
        await #expect(throws: Broken.self) { try await connection.executeBatch(Self.insert, source) }
        try await connection.expect("SELECT \(1) + 0", 1)
        try await connection.expect("SELECT COUNT(*) FROM t", count)
        // The error of a row that the server refuses takes precedence.
        guard count > 0 else { return }
        let again = AsyncThrowingStream<(Int, String, Double), any Error> { continuation in
          for id in 0..<count { continuation.yield((id == 0 ? 1000 : id, "b", 0)) }
          continuation.finish(throwing: Broken())
        }
        guard count > 1 else { return }
        let error = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(Self.insert, again)
        }
        #expect(error?.server?.code == .duplicateEntry && error?.batch?.failed == 1..<2)
      }
    }

    /// In a table without transactions, rows stay when a later one of the same command fails.
    @Test(arguments: LiveServer.all) func rowsThatMayHaveStayedAreNamed(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        try await connection.execute("ALTER TABLE t ENGINE = MyISAM")
        let ids = (0..<500).map { $0 == 300 ? 0 : $0 }
        let error = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(Self.insert, ids.map { ($0, "a", 0.0) })
        }
        let batch = try #require(error?.batch)
        #expect(batch.failed == 300..<301)
        let stored = try await connection.query("SELECT id FROM t ORDER BY id").collect()
          .map { try $0.decode(Int.self) }
        let known = Set(batch.done.flatMap { $0 }.map { ids[$0] })
        let unknown = Set(batch.unknown.map { ids[$0] })
        #expect(known.isSubset(of: stored) && Set(stored).isSubset(of: known.union(unknown)))
        #expect(batch.unknown == (connection.server.isMariaDB ? 0..<300 : 0..<0))
      }
    }

    @Test(arguments: LiveServer.all) func insertionsOfWhatIsSelected(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let inserted = try await connection.executeBatch(
          "INSERT INTO t (id, name) SELECT ?, ?", (0..<50).map { ($0, "a") })
        #expect(inserted.rows == 50 && inserted.affectedRows == 50)
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
    func oneByOneWhereAFileMayBeAskedForOrNothingIsPipelined(
      server: LiveServer, pipelining: Bool?
    ) async throws {
      try await withTable(
        of: server,
        {
          $0.localInfile = pipelining == true
          $0.pipelining = pipelining
        }
      ) { connection in
        try await connection.executeBatch(Self.insert, (0..<50).map { ($0, "a", 0.0) })
        try await connection.executeBatch("UPDATE t SET name = ? WHERE id = ?", (0..<50).map { ("b", $0) })
        try await connection.executeBatch("SELECT ? + 0", 0..<50)
        try await connection.expect("SELECT COUNT(*) FROM t WHERE name = 'b'", 50)
        let error = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(Self.insert, [60, 0, 61].map { ($0, "a", 0.0) })
        }
        #expect(error?.batch?.failed == 1..<2)
        // Nothing is sent after the row that failed. Over TLS a batch is pipelined by default; but MariaDB gets
        // all rows in one command.
        let isPipelined = pipelining == nil && connection.server.tls != nil && !connection.server.isMariaDB
        try await connection.expect("SELECT COUNT(*) FROM t WHERE id = 61", isPipelined ? 1 : 0)
      }
    }
  }
}
