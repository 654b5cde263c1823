import MySQLWire

/// How results are written.
enum ResultFormat: String, CaseIterable {
  case tab, table, vertical, json, jsonl, csv, markdown

  /// Whether only this command has the format. If so, it is UTF-8 whatever the locale, and results without rows are
  /// written too.
  var isOurs: Bool {
    switch self {
    case .tab, .table, .vertical: false
    case .json, .jsonl, .csv, .markdown: true
    }
  }

  /// Whether the format is JSON, which is always UTF-8.
  var isJSON: Bool { self == .json || self == .jsonl }
}

/// A writer of one result. It gets the columns first, then batches of rows, then the end.
protocol ResultWriter {
  mutating func begin(_ columns: ResultColumns)
  mutating func write(_ batch: RowBatch)
  mutating func end()
}

extension RowBatch {
  /// Calls the closure for each cell with its row, its column, and the range of its content in the batch's bytes.
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
}
