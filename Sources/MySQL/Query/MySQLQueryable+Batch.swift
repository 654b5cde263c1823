import MySQLWire

extension MySQLQueryable {
  /// Executes a statement once for each row of values, and streams the rows from a sequence: only a part of
  /// them is kept in memory.
  ///
  /// ```swift
  /// try await connection.executeBatch("INSERT INTO points VALUES (?, ?)", points.map { ($0.x, $0.y) })
  /// ```
  ///
  /// MariaDB executes many rows of an INSERT or REPLACE in one command. Otherwise, as on MySQL, executions
  /// follow each other without waiting for answers, if the setting `pipelining` allows it. Both are many
  /// times faster than a loop. A batch is not a transaction: begin one if you want all or nothing, which is
  /// also faster.
  ///
  /// - Parameter timeout: How long the server may take for all of it, and how long to wait for a connection; replaces
  ///   the setting `queryTimeout`.
  /// - Throws: `MySQLError` as `execute` does. Its `batch` says which row failed and which were done. No rows
  ///   are sent after the first failure, but if executions follow each other, up to 512 have already been
  ///   sent by then, and are carried out. A row that cannot be sent fails the batch once the rows before it
  ///   are done.
  @discardableResult
  public nonisolated(nonsending) func executeBatch<each Value: MySQLEncodable, Rows: Sequence>(
    _ statement: MySQLQuery, _ rows: Rows, timeout: Duration? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) async throws(MySQLError) -> MySQLResult.Batch where Rows.Element == (repeat each Value) {
    try await executeTypedBatch(statement, TupleRows(rows.makeIterator()), timeout, LeaseHolder(file, line))
  }

  /// Executes a statement that takes one value, once for each value.
  ///
  /// - Throws: As the other `executeBatch`.
  @discardableResult
  public nonisolated(nonsending) func executeBatch<Values: Sequence>(
    _ statement: MySQLQuery, _ values: Values, timeout: Duration? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) async throws(MySQLError) -> MySQLResult.Batch where Values.Element: MySQLEncodable {
    try await executeTypedBatch(
      statement, TupleRows<_, Values.Element>(values.makeIterator()), timeout, LeaseHolder(file, line))
  }

  /// Executes a statement once for each row of values, for rows that are known only when the program runs.
  ///
  /// - Throws: As the other `executeBatch`.
  @discardableResult
  public nonisolated(nonsending) func executeBatch<Rows: Sequence>(
    _ statement: MySQLQuery, _ rows: Rows, timeout: Duration? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) async throws(MySQLError) -> MySQLResult.Batch where Rows.Element == [any MySQLEncodable] {
    try await executeTypedBatch(statement, ListRows(rows.makeIterator()), timeout, LeaseHolder(file, line))
  }

  /// Executes a statement once for each row of values, as the rows arrive. Rows that are sent together wait
  /// until there are enough, or until the rows end.
  ///
  /// - Throws: As the other `executeBatch`, and what the sequence throws, once all rows before that are
  ///   executed. If one of those rows fails, its error is thrown instead. If the task is cancelled, rows that
  ///   are not sent yet are left out. A sequence that uses this same connection gets an error of the kind
  ///   `misuse`.
  @discardableResult
  public nonisolated(nonsending) func executeBatch<each Value: MySQLEncodable, Rows: AsyncSequence>(
    _ statement: MySQLQuery, _ rows: Rows, timeout: Duration? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) async throws -> MySQLResult.Batch where Rows.Element == (repeat each Value) {
    try await executeBatch(
      statement, AsyncTupleRows(rows.makeAsyncIterator()), timeout, LeaseHolder(file, line))
  }

  /// Executes a statement that takes one value, once for each value as it arrives.
  ///
  /// - Throws: As the `executeBatch` of rows that arrive.
  @discardableResult
  public nonisolated(nonsending) func executeBatch<Values: AsyncSequence>(
    _ statement: MySQLQuery, _ values: Values, timeout: Duration? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) async throws -> MySQLResult.Batch where Values.Element: MySQLEncodable {
    try await executeBatch(
      statement, AsyncTupleRows<_, Values.Element>(values.makeAsyncIterator()), timeout,
      LeaseHolder(file, line))
  }

  nonisolated(nonsending) func executeTypedBatch(
    _ statement: MySQLQuery, _ rows: some BatchRows, _ timeout: Duration?, _ holder: LeaseHolder
  ) async throws(MySQLError) -> MySQLResult.Batch {
    do {
      return try await executeBatch(statement, rows, timeout, holder)
    } catch {
      // Such rows throw nothing else.
      throw error as? MySQLError ?? MySQLError(.encoding, "\(error)")
    }
  }

  nonisolated(nonsending) func executeBatch(
    _ statement: MySQLQuery, _ rows: some BatchRows, _ timeout: Duration?, _ holder: LeaseHolder
  ) async throws -> MySQLResult.Batch {
    guard try statement.checkedParameters.count == 0 else {
      throw MySQLError(
        .encoding, "the statement of the batch already has bound values: write ? for each value",
        statement: statement.sql)
    }
    let timeout = timeout?.nanoseconds
    var replacements = Replacements()
    while true {
      let place = try await route.place(for: holder, within: timeout)
      defer { place.lease?.end() }
      do {
        return try await place.connection.executeBatch(statement, rows, timeout, in: place.scope)
      } catch {
        guard place.lease != nil, replacements.allowOne(after: error) else { throw error }
      }
    }
  }
}

extension MySQLConnection {
  fileprivate nonisolated(nonsending) func executeBatch(
    _ statement: MySQLQuery, _ rows: some BatchRows, _ timeout: Nanoseconds?, in scope: TransactionScope?
  ) async throws -> MySQLResult.Batch {
    if configuration.statementMode == .text {
      var run = TextBatchExecution(self, statement.sql, timeout, in: scope)
      return try await run.run(rows)
    }
    let capabilities = channel.withSession { $0.capabilities }
    var limit: Int?
    if capabilities.contains(.mariadbBulk), statement.insertsValues {
      limit = min(try await packetLimit(.own), configuration.maxAllowedPacket)
    }
    let work = StatementWork(
      statement.sql, isPrepared: true, ParameterList(), StatementWork.Options(isBatch: true, timeout: timeout)
    )
    let response = try await Response.begin(
      .statement(work), name: "batch", on: self, in: scope)
    let prepared = try await response.lentStatement()
    let bringsRows = prepared.columns.count > 0 || statement.mayReturn
    var run = BatchExecution(response, prepared, capabilities, bringsRows: bringsRows, bulkLimit: limit)
    var rows = rows
    return try await SourceUse.reading(holding: gate) { try await run.run(&rows) }
  }
}

extension MySQLQuery {
  /// Whether it may be an INSERT or DELETE with RETURNING, whose columns MariaDB (10.11) does not report
  /// before the first execution.
  fileprivate var mayReturn: Bool { sql.lowercased().contains("returning") }

  /// Whether it inserts values. MariaDB (10.11) refuses INSERT … SELECT in bulk. For UPDATE and DELETE, it
  /// executes the rows one by one even in bulk, and does not say which failed.
  fileprivate var insertsValues: Bool {
    let words = sql.lowercased().split { !$0.isLetter }
    return (words.first == "insert" || words.first == "replace") && !words.contains("select")
  }
}

private struct TupleRows<Rows: IteratorProtocol, each Value: MySQLEncodable>: BatchRows
where Rows.Element == (repeat each Value) {
  private var rows: Rows

  init(_ rows: Rows) { self.rows = rows }

  mutating func next(into writer: inout MySQLParameterWriter) throws(MySQLError) -> Bool {
    guard let row = rows.next() else { return false }
    repeat try writer.append(each row)
    return true
  }
}

private struct ListRows<Rows: IteratorProtocol>: BatchRows where Rows.Element == [any MySQLEncodable] {
  private var rows: Rows

  init(_ rows: Rows) { self.rows = rows }

  mutating func next(into writer: inout MySQLParameterWriter) throws(MySQLError) -> Bool {
    guard let row = rows.next() else { return false }
    for value in row { try writer.append(value) }
    return true
  }
}

private struct AsyncTupleRows<Rows: AsyncIteratorProtocol, each Value: MySQLEncodable>: BatchRows
where Rows.Element == (repeat each Value) {
  private var rows: Rows

  init(_ rows: Rows) { self.rows = rows }

  mutating func next(into writer: inout MySQLParameterWriter) async throws -> Bool {
    guard let row = try await rows.next(isolation: #isolation) else { return false }
    repeat try writer.append(each row)
    return true
  }
}
