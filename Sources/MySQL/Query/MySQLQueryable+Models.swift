extension MySQLQueryable {
  /// Inserts `Encodable` values into a table, each property into the column that has its name, and streams
  /// them from a sequence.
  ///
  /// ```swift
  /// try await connection.executeBatch(into: "users", users)
  /// ```
  ///
  /// This is the batch of an INSERT with the columns of the first value, which all others must have too.
  /// Nothing is done if there are no values.
  ///
  /// - Parameters:
  ///   - table: The name of the table. It is one name: a dot is a part of it.
  ///   - database: The database that the table is in, if that is not the session's.
  ///   - encoder: How properties become columns.
  /// - Throws: `MySQLError` as the `executeBatch` of a statement does. A value that cannot be encoded, or has
  ///   other columns than the first, fails the batch when those before it are done, with an error of the kind
  ///   `encoding`.
  @discardableResult
  public nonisolated(nonsending) func executeBatch<Values: Sequence>(
    into table: String, in database: String? = nil, _ values: Values,
    using encoder: MySQLRowEncoder = MySQLRowEncoder(), file: StaticString = #fileID, line: UInt = #line
  ) async throws(MySQLError) -> MySQLBatchResult where Values.Element: Encodable {
    var rest = values.makeIterator()
    guard let value = rest.next() else { return MySQLBatchResult() }
    let first = try ModelRow(value, encoder)
    return try await executeTypedBatch(
      first.columns.insertion(into: table, in: database), ModelRows(first, rest, encoder),
      LeaseHolder(file, line))
  }

  /// Inserts `Encodable` values into a table as they come.
  ///
  /// - Throws: As the other `executeBatch(into:)`, and as the `executeBatch` of a statement whose rows come.
  @discardableResult
  public nonisolated(nonsending) func executeBatch<Values: AsyncSequence>(
    into table: String, in database: String? = nil, _ values: Values,
    using encoder: MySQLRowEncoder = MySQLRowEncoder(), file: StaticString = #fileID, line: UInt = #line
  ) async throws -> MySQLBatchResult where Values.Element: Encodable {
    var rest = values.makeAsyncIterator()
    guard let value = try await rest.next(isolation: #isolation) else {
      // Many sequences end when their task is cancelled: those are not all the values.
      if Task.isCancelled { throw BatchRun.cancelled }
      return MySQLBatchResult()
    }
    let first = try ModelRow(value, encoder)
    return try await executeBatch(
      first.columns.insertion(into: table, in: database), AsyncModelRows(first, rest, encoder),
      LeaseHolder(file, line))
  }
}

extension EncodedColumns {
  fileprivate func insertion(into table: String, in database: String?) -> MySQLQuery {
    if let database {
      "INSERT INTO \(identifier: database).\(identifier: table) (\(unsafe: list)) VALUES \(unsafe: marks)"
    } else {
      "INSERT INTO \(identifier: table) (\(unsafe: list)) VALUES \(unsafe: marks)"
    }
  }
}

/// The first row of a batch, which says what columns there are.
private struct ModelRow {
  let columns: EncodedColumns
  private var row: EncodedRow?

  init(_ value: some Encodable, _ encoder: MySQLRowEncoder) throws(MySQLError) {
    do throws(MySQLError) {
      let row = try encoder.encode(value)
      columns = try EncodedColumns(row, encoder.keys)
      self.row = row
    } catch {
      var error = error
      error.batch = MySQLBatchFailure(failed: 0..<1, done: [])
      throw error
    }
  }

  /// Writes the row, when called for the first time.
  mutating func write(to writer: inout MySQLParameterWriter) throws(MySQLError) -> Bool {
    guard let row else { return false }
    self.row = nil
    try columns.write(row, to: &writer)
    return true
  }
}

/// The rows of a batch, of values that encode themselves.
private struct ModelRows<Values: IteratorProtocol>: BatchRows where Values.Element: Encodable {
  private var first: ModelRow
  private var rest: Values
  private let encoder: MySQLRowEncoder

  init(_ first: ModelRow, _ rest: Values, _ encoder: MySQLRowEncoder) {
    self.first = first
    self.rest = rest
    self.encoder = encoder
  }

  mutating func next(into writer: inout MySQLParameterWriter) throws(MySQLError) -> Bool {
    if try first.write(to: &writer) { return true }
    guard let value = rest.next() else { return false }
    try first.columns.write(try encoder.encode(value), to: &writer)
    return true
  }
}

/// The rows of a batch, of values that come and encode themselves.
private struct AsyncModelRows<Values: AsyncIteratorProtocol>: BatchRows where Values.Element: Encodable {
  private var first: ModelRow
  private var rest: Values
  private let encoder: MySQLRowEncoder

  init(_ first: ModelRow, _ rest: Values, _ encoder: MySQLRowEncoder) {
    self.first = first
    self.rest = rest
    self.encoder = encoder
  }

  mutating func next(into writer: inout MySQLParameterWriter) async throws -> Bool {
    if try first.write(to: &writer) { return true }
    guard let value = try await rest.next(isolation: #isolation) else { return false }
    try first.columns.write(try encoder.encode(value), to: &writer)
    return true
  }
}
