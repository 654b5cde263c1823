import MySQLWire

extension MySQLRow {
  /// Decodes the whole row, each cell to the type in its place:
  /// `let (id, name, age) = try row.decode((Int, String, Int?).self)`, or `row.decode(Int.self)` for a row of
  /// one cell. Goes over the row once.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding` if a cell cannot become its type, or if the number of
  ///   columns differs from the number of types.
  @inlinable
  public func decode<each C: MySQLDecodable>(
    _ type: (repeat each C).Type
  ) throws(MySQLError) -> (repeat each C) {
    try block.decode(row: index, as: type)
  }

  /// Decodes a row of one column.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`, also if there are more columns.
  @inlinable
  public func decode<C: MySQLDecodable>(_ type: C.Type) throws(MySQLError) -> C {
    try block.decode(row: index, as: type)
  }

  /// Decodes the cell of a column by its position, from 0. Walks over the cells before it.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`, also if there is no such column.
  public func decode<C: MySQLDecodable>(at column: Int, as type: C.Type = C.self) throws(MySQLError) -> C {
    guard column >= 0, column < count else {
      throw MySQLError(
        .decoding, "the row has no column with the index \(column): it has \(block.columns.listing)",
        reach: .answered)
    }
    return try C.decode(self[column])
  }

  /// Decodes the cell of a column by its name. Matches exactly, else case-insensitively; the first if several
  /// match.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`, also if there is no such column.
  public func decode<C: MySQLDecodable>(
    column name: String, as type: C.Type = C.self
  ) throws(MySQLError) -> C {
    guard let index = block.columns.index(of: name) else {
      throw MySQLError(
        .decoding, "the row has no column '\(name)': it has \(block.columns.listing)", reach: .answered)
    }
    return try C.decode(self[index])
  }
}
