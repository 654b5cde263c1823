import MySQLWire

/// Steps over the cells of a row, from the first column to the last.
@usableFromInline
struct CellCursor {
  /// The cell that was reached last. It is changed in place: a new one for each column would retain the batch
  /// each time.
  @usableFromInline var cell: MySQLCell
  private var reader: CellReader

  @usableFromInline
  init(_ batch: Batch, row: Int) {
    cell = MySQLCell(batch: batch, row: row, column: -1, range: nil)
    reader = CellReader(batch.rows.range(ofRow: row), batch.rows.columns)
  }

  /// Reaches the next cell, if the row has one.
  @usableFromInline
  mutating func advance() {
    let rows = cell.batch.rows
    cell.columnIndex += 1
    // The session checked that the cells of each row are all there.
    cell.range = (try? reader.next(in: rows.bytes.span.bytes, rows.columns)) ?? nil
  }

  /// Decodes the next cell.
  @inlinable
  mutating func next<C: MySQLDecodable>(_ type: C.Type) throws(MySQLError) -> C {
    advance()
    return try C.decode(cell)
  }
}
