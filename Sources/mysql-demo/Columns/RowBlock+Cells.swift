import MySQLWire

extension RowBlock {
  /// Calls the closure for each cell with its row, its column, and the range of its content in the block's bytes.
  @inline(__always)
  func forEachCell(_ body: (_ row: Int, _ column: Int, Range<Int>?) -> Void) {
    let (width, bytes) = (columns.count, bytes)
    for row in 0..<count {
      var reader = CellReader(range(ofRow: row), columns)
      for column in 0..<width {
        // The session checked every row when it arrived.
        guard let range = try? reader.next(in: bytes.span.bytes, columns) else {
          body(row, column, nil)
          continue
        }
        body(row, column, range)
      }
    }
  }

  /// Calls the closure for each cell of a row with its column and the range of its content in the block's bytes.
  func forEachCell(ofRow row: Int, _ body: (_ column: Int, Range<Int>?) -> Void) {
    var reader = CellReader(range(ofRow: row), columns)
    let bytes = bytes
    for column in 0..<columns.count {
      body(column, (try? reader.next(in: bytes.span.bytes, columns)) ?? nil)
    }
  }
}
