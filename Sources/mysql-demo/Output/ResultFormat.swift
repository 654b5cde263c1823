import MySQLWire

/// How results are written.
enum ResultFormat: String, CaseIterable {
  case tab, table, vertical, json, jsonl, csv, markdown

  /// Whether it is of this command only. Then it is UTF-8 whatever the locale says, and a result without rows
  /// is written, too.
  var isOurs: Bool {
    switch self {
    case .tab, .table, .vertical: false
    case .json, .jsonl, .csv, .markdown: true
    }
  }

  /// Whether it has no other character set.
  var isJSON: Bool { self == .json || self == .jsonl }
}

/// Writes one result. It is given its columns first, then batches of rows, then the end.
protocol ResultWriter {
  mutating func begin(_ columns: ResultColumns)
  mutating func write(_ batch: RowBatch)
  mutating func end()
}

extension RowBatch {
  /// Walks over the cells: the row, the column, and where in the batch's bytes the content lies.
  @inline(__always)
  func forEachCell(_ body: (_ row: Int, _ column: Int, Range<Int>?) -> Void) {
    let (width, bytes) = (columns.count, bytes)
    for row in 0..<count {
      var reader = CellReader(range(ofRow: row), columns)
      for column in 0..<width {
        // The session has checked every row when it arrived.
        guard let range = try? reader.next(in: bytes.span.bytes, columns) else {
          body(row, column, nil)
          continue
        }
        body(row, column, range)
      }
    }
  }
}
