import MySQL
import Testing

extension Live {
  /// Batches of which not every row is executed.
  @Suite(.live, .tags(.text)) struct FailingBatchTests {
    @Test(arguments: LiveServer.all, [1, 300, 400, 1999])
    func theRowThatFailsIsNamed(server: LiveServer, bad: Int) async throws {
      try await BatchTable.with(server) { connection in
        let ids = (0..<2000).map { $0 == bad ? 0 : $0 }
        let error = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(BatchTable.insert, ids.map { ($0, "a", 0.0) })
        }
        #expect(error?.server?.code == .duplicateEntry)
        let batch = try #require(error?.batch)
        #expect(batch.failedRows == bad..<bad + 1)
        // The rows that are reported as done are stored, and no others.
        let stored = try await connection.query("SELECT id FROM t ORDER BY id").collect()
        let expected = batch.completedRows.flatMap { $0 }.map { ids[$0] }
        #expect(try stored.map { try $0.decode(Int.self) } == expected)
        try await connection.expect("SELECT \(1) + 0", 1)
      }
    }

    @Test(arguments: LiveServer.all) func aRowThatCannotBeSentEndsTheBatch(server: LiveServer) async throws {
      try await BatchTable.with(server) { connection in
        let error = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(
            BatchTable.insert, (0..<1000).map { ($0, "a", $0 == 700 ? .nan : 0.0) })
        }
        #expect(error?.kind == .encoding)
        let batch = try #require(error?.batch)
        #expect(batch.failedRows == 700..<701 && batch.completedCount == 700 && batch.unknownRows.isEmpty)
        try await connection.expect("SELECT COUNT(*) FROM t", batch.completedCount)
        let other = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(BatchTable.insert, [(1, 2)])
        }
        #expect(other?.kind == .encoding && other?.message.contains("3 placeholders") == true)
        let refused = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch("INSERT INTO no_such_table VALUES (?)", 0..<3)
        }
        #expect(refused?.server?.code == .noSuchTable)
        try await connection.expect("SELECT \(1) + 0", 1)
      }
    }

    @Test(arguments: LiveServer.all)
    func rowsThatEndByCancellationAreNotAll(server: LiveServer) async throws {
      try await BatchTable.with(server) { connection in
        let (isEmpty, continuation) = AsyncStream<Never>.makeStream()
        let task = Task {
          try await connection.executeBatch(BatchTable.insert, TenRows(isEmpty: continuation))
        }
        for await _ in isEmpty {}
        task.cancel()
        let error = await #expect(throws: MySQLError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.batch?.completedCount == 0)
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
      try await BatchTable.with(server) { connection in
        let source = AsyncThrowingStream<(Int, String, Double), any Error> { continuation in
          for id in 0..<count { continuation.yield((id, "a", 0)) }
          continuation.finish(throwing: Broken())
        }
        await #expect(throws: Broken.self) { try await connection.executeBatch(BatchTable.insert, source) }
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
          try await connection.executeBatch(BatchTable.insert, again)
        }
        #expect(error?.server?.code == .duplicateEntry && error?.batch?.failedRows == 1..<2)
      }
    }

    /// In a table without transactions, rows stay when a later one of the same command fails.
    @Test(arguments: LiveServer.all) func rowsThatMayHaveStayedAreNamed(server: LiveServer) async throws {
      try await BatchTable.with(server) { connection in
        try await connection.execute("ALTER TABLE t ENGINE = MyISAM")
        let ids = (0..<500).map { $0 == 300 ? 0 : $0 }
        let error = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(BatchTable.insert, ids.map { ($0, "a", 0.0) })
        }
        let batch = try #require(error?.batch)
        #expect(batch.failedRows == 300..<301)
        let stored = try await connection.query("SELECT id FROM t ORDER BY id").collect()
          .map { try $0.decode(Int.self) }
        let known = Set(batch.completedRows.flatMap { $0 }.map { ids[$0] })
        let unknown = Set(batch.unknownRows.map { ids[$0] })
        #expect(known.isSubset(of: stored) && Set(stored).isSubset(of: known.union(unknown)))
        #expect(batch.unknownRows == (connection.server.isMariaDB ? 0..<300 : 0..<0))
      }
    }
  }
}
