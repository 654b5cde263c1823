extension MySQLQueryable {
  /// Inserts `Encodable` values into a table, each property into the column with its name, and streams the
  /// values from a sequence.
  ///
  /// ```swift
  /// try await connection.executeBatch(into: "users", users)
  /// ```
  ///
  /// This runs the batch of an INSERT with the columns of the first value. All other values must have the
  /// same columns. Without values it does nothing.
  ///
  /// - Parameters:
  ///   - table: The name of the table. It is one name: a dot is part of it.
  ///   - database: The database that the table is in, if that is not the session's.
  ///   - encoder: How properties become columns.
  /// - Throws: `MySQLError` as the `executeBatch` of a statement does. A value that cannot be encoded, or
  ///   whose columns differ from those of the first, fails the batch once the values before it are done, with
  ///   an error of the kind `encoding`.
  @discardableResult
  public nonisolated(nonsending) func executeBatch<Values: Sequence>(
    into table: String, in database: String? = nil, _ values: Values,
    using encoder: MySQLRowEncoder = MySQLRowEncoder(), timeout: Duration? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) async throws(MySQLError) -> MySQLResult.Batch where Values.Element: Encodable {
    var rest = values.makeIterator()
    guard let value = rest.next() else { return MySQLResult.Batch() }
    let model = try ModelWriter(value, encoder)
    return try await executeTypedBatch(
      model.columns.insertion(into: table, in: database), ModelRows(model: model, rest: rest),
      timeout, LeaseHolder(file, line))
  }

  /// Inserts `Encodable` values into a table as they arrive.
  ///
  /// - Throws: As the other `executeBatch(into:)`, and as the `executeBatch` of a statement whose rows
  ///   arrive.
  @discardableResult
  public nonisolated(nonsending) func executeBatch<Values: AsyncSequence>(
    into table: String, in database: String? = nil, _ values: Values,
    using encoder: MySQLRowEncoder = MySQLRowEncoder(), timeout: Duration? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) async throws -> MySQLResult.Batch where Values.Element: Encodable {
    var rest = values.makeAsyncIterator()
    guard let value = try await rest.next(isolation: #isolation) else {
      // Many sequences end when their task is cancelled, so these may not be all the values.
      if Task.isCancelled { throw BatchExecution.cancelled }
      return MySQLResult.Batch()
    }
    let model = try ModelWriter(value, encoder)
    return try await executeBatch(
      model.columns.insertion(into: table, in: database), AsyncModelRows(model: model, rest: rest),
      timeout, LeaseHolder(file, line))
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

/// The writer of a batch's `Encodable` values, by the columns of the first.
private struct ModelWriter {
  let columns: EncodedColumns
  private let encoder: MySQLRowEncoder
  /// The first row, until it is written.
  private var first: EncodedRow?

  init(_ value: some Encodable, _ encoder: MySQLRowEncoder) throws(MySQLError) {
    self.encoder = encoder
    do throws(MySQLError) {
      let row = try encoder.encode(value)
      columns = try EncodedColumns(row, encoder.keys)
      first = row
    } catch {
      var error = error
      error.batch = MySQLError.BatchProgress(failedRows: 0..<1, completedRows: [])
      throw error
    }
  }

  /// Writes the first row when it is called for the first time, and returns whether it did.
  mutating func writeFirst(to writer: inout MySQLParameterWriter) throws(MySQLError) -> Bool {
    guard let row = first.take() else { return false }
    try columns.write(row, to: &writer)
    return true
  }

  func write(_ value: some Encodable, to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try columns.write(try encoder.encode(value), to: &writer)
  }
}

private struct ModelRows<Values: IteratorProtocol>: BatchRows where Values.Element: Encodable {
  var model: ModelWriter
  var rest: Values

  mutating func next(into writer: inout MySQLParameterWriter) throws(MySQLError) -> Bool {
    if try model.writeFirst(to: &writer) { return true }
    guard let value = rest.next() else { return false }
    try model.write(value, to: &writer)
    return true
  }
}

private struct AsyncModelRows<Values: AsyncIteratorProtocol>: BatchRows where Values.Element: Encodable {
  var model: ModelWriter
  var rest: Values

  mutating func next(into writer: inout MySQLParameterWriter) async throws -> Bool {
    if try model.writeFirst(to: &writer) { return true }
    guard let value = try await rest.next(isolation: #isolation) else { return false }
    try model.write(value, to: &writer)
    return true
  }
}
