import MySQLWire

/// A cursor over the cells of a row, from the first column to the last. It does not hold the block: retaining
/// it for each cell took longer than the decoding.
@usableFromInline
struct CellCursor {
  fileprivate let row: Int
  fileprivate var reader: CellReader

  /// Finds the next cell, if the row has one.
  @usableFromInline
  mutating func next(in block: Block) -> CellPlace {
    let column = reader.column
    let bytes = block.rows.bytes
    // The session has checked that each row has all its cells.
    let range = (try? reader.next(in: bytes.span.bytes, block.rows.columns)) ?? nil
    return CellPlace(row: row, column: column, range: range)
  }
}

extension Block {
  // Not an initializer of the cursor: that would own the block, and so retain it.
  @usableFromInline
  func cells(ofRow row: Int) -> CellCursor {
    CellCursor(row: row, reader: CellReader(rows.range(ofRow: row), rows.columns))
  }
}
