extension MySQLQuery.StringInterpolation {
  /// Binds the properties of a value by the names of their columns: `INSERT INTO users \(values: user)`
  /// becomes `INSERT INTO users (id, name) VALUES (?, ?)`, with the names quoted. A nil property becomes NULL.
  /// If a property cannot be encoded, the statement fails when it is run, with an error of the kind `encoding`
  /// that names the column.
  @_disfavoredOverload
  public mutating func appendInterpolation(
    values value: some Encodable, using encoder: MySQLRowEncoder = MySQLRowEncoder()
  ) {
    do throws(MySQLError) {
      let row = try encoder.encode(value)
      let columns = try EncodedColumns(row, encoder.keys)
      append("(\(columns.list)) VALUES \(columns.marks)")
      try columns.write(row, to: &writer)
    } catch {
      fail(error)
    }
  }

  /// Binds the properties of several values, one row for each: `(id, name) VALUES (?, ?), (?, ?)`. All
  /// must have the same columns, in any order. An empty sequence makes the statement fail when it is run. A
  /// statement takes at most 65,535 values: for many rows, use `executeBatch(into:)`.
  public mutating func appendInterpolation<Values: Sequence>(
    values: Values, using encoder: MySQLRowEncoder = MySQLRowEncoder()
  ) where Values.Element: Encodable {
    var first: EncodedColumns?
    do throws(MySQLError) {
      for value in values {
        let row = try encoder.encode(value)
        let columns: EncodedColumns
        if let first {
          columns = first
          append(", \(columns.marks)")
        } else {
          columns = try EncodedColumns(row, encoder.keys)
          append("(\(columns.list)) VALUES \(columns.marks)")
          first = columns
        }
        try columns.write(row, to: &writer)
      }
    } catch {
      return fail(error)
    }
    if first == nil { failForEmptyList() }
  }

  /// Binds the properties of a value for an UPDATE: `UPDATE users SET \(assignments: user) WHERE id = \(id)`
  /// becomes `UPDATE users SET name = ?, age = ? WHERE id = ?`. A nil property is set to NULL. If a
  /// property cannot be encoded, the statement fails when it is run.
  public mutating func appendInterpolation(
    assignments value: some Encodable, using encoder: MySQLRowEncoder = MySQLRowEncoder()
  ) {
    do throws(MySQLError) {
      let row = try encoder.encode(value)
      let columns = try EncodedColumns(row, encoder.keys)
      append(columns.assignments)
      try columns.write(row, to: &writer)
    } catch {
      fail(error)
    }
  }
}
