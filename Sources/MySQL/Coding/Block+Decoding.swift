import MySQLWire

extension Block {
  /// Decodes a row, each cell to its type, in one pass.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`, also if the number of columns differs from the number
  ///   of types.
  @inlinable
  func decode<each C: MySQLDecodable>(
    row: Int, as type: (repeat each C).Type
  ) throws(MySQLError) -> (repeat each C) {
    var types = 0
    for _ in repeat (each C).self { types += 1 }
    guard types == columnCount else { throw columnCountError(as: type) }
    var cursor = cells(ofRow: row)
    return (repeat try (each C).decode(MySQLCell(self, cursor.next(in: self))))
  }

  @usableFromInline var columnCount: Int { columns.count }

  @usableFromInline
  func columnCountError(as type: Any.Type) -> MySQLError {
    MySQLError(
      .decoding, "cannot decode a row as \(type): it has \(columns.listing)", reach: .answered)
  }
}
