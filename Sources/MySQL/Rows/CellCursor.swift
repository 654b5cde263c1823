import MySQLWire

/// A cursor over the cells of a row, from the first column to the last. It does not hold the batch: retaining
/// it for each cell took longer than the decoding.
@usableFromInline
struct CellCursor {
  fileprivate let row: Int
  fileprivate var reader: CellReader

  /// Finds the next cell, if the row has one.
  @usableFromInline
  mutating func next(in batch: Batch) -> CellPlace {
    let column = reader.column
    let bytes = batch.rows.bytes
    // The session has checked that each row has all its cells.
    let range = (try? reader.next(in: bytes.span.bytes, batch.rows.columns)) ?? nil
    return CellPlace(row: row, column: column, range: range)
  }
}

extension Batch {
  // Not an initializer of the cursor: that would own the batch, and so retain it.
  @usableFromInline
  func cells(ofRow row: Int) -> CellCursor {
    CellCursor(row: row, reader: CellReader(rows.range(ofRow: row), rows.columns))
  }
}
