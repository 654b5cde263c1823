extension MySQLQueryable {
  /// Inserts `Encodable` values into a table, each property into the column that has its name, and streams them from a
  /// sequence.
  ///
  /// ```swift
  /// try await connection.executeBatch(into: "users", users)
  /// ```
  ///
  /// This is the batch of an INSERT with the columns of the first value, which all others must have too. Nothing is
  /// done if there are no values.
  ///
  /// - Parameters:
  ///   - table: The name of the table. It is one name: a dot is a part of it.
  ///   - database: The database that the table is in, if that is not the session's.
  ///   - encoder: How properties become columns.
  /// - Throws: `MySQLError` as the `executeBatch` of a statement does. A value that cannot be encoded, or has other
  ///   columns than the first, fails the batch when those before it are done, with an error of the kind `encoding`.
  @discardableResult
  public nonisolated(nonsending) func executeBatch<Values: Sequence>(
    into table: String, in database: String? = nil, _ values: Values,
    using encoder: MySQLRowEncoder = MySQLRowEncoder(), file: StaticString = #fileID, line: UInt = #line
  ) async throws(MySQLError) -> MySQLBatchResult where Values.Element: Encodable {
    var rest = values.makeIterator()
    guard let first = rest.next() else { return MySQLBatchResult() }
    var rows: ModelRows<Values.Iterator>
    do throws(MySQLError) {
      rows = try ModelRows(first, rest, encoder)
    } catch {
      var error = error
      error.batch = MySQLBatchFailure(failed: 0..<1, done: [])
      throw error
    }
    let statement = rows.columns.insertion(into: table, in: database)
    return try await executeTypedBatch(statement, rows, LeaseHolder(file, line))
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

/// The rows of a batch, of values that encode themselves.
private struct ModelRows<Values: IteratorProtocol>: BatchRows where Values.Element: Encodable {
  let columns: EncodedColumns
  private var first: EncodedRow?
  private var rest: Values
  private let encoder: MySQLRowEncoder

  init(_ first: Values.Element, _ rest: Values, _ encoder: MySQLRowEncoder) throws(MySQLError) {
    let row = try encoder.encode(first)
    columns = try EncodedColumns(row, encoder.keys)
    self.first = row
    self.rest = rest
    self.encoder = encoder
  }

  mutating func next(into writer: inout MySQLParameterWriter) throws(MySQLError) -> Bool {
    if let row = first {
      first = nil
      try columns.write(row, to: &writer)
      return true
    }
    guard let value = rest.next() else { return false }
    try columns.write(try encoder.encode(value), to: &writer)
    return true
  }
}
