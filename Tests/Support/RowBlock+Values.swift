import MySQLWire

extension RowBlock {
  func values() throws(Violation) -> [[Value]] {
    let storage = bytes
    let bytes = storage.span.bytes
    var rows: [[Value]] = []
    for row in 0..<count {
      var cells = CellReader(range(ofRow: row), columns)
      var values: [Value] = []
      for decoder in columns.decoders {
        let cell = try cells.next(in: bytes, columns)
        values.append(
          try cell.map { (range) throws(Violation) in try decoder.value(bytes.extracting(range)) } ?? .null)
      }
      rows.append(values)
    }
    return rows
  }
}
