import MySQLWire

/// One of a command's results as the session saw it.
struct SeenResult {
  var columns: [ColumnDefinition]?
  var rows: [[Value]] = []
  var isEnded = false
  var ok: OKPacket?
  var error: ErrorPacket?
  var file: String?

  var isOpen: Bool { columns != nil && !isEnded }

  func difference(from expected: ResultExpectation) -> String? {
    if let name = expected.localInfile, name != file { return "file \(file ?? "none"), not \(name)" }
    if let expected = expected.error {
      guard let error else { return "no error" }
      guard expected == ErrorExpectation(code: error.code, state: error.sqlState) else { return "\(error)" }
    } else if let error {
      return "\(error)"
    }
    if let expected = expected.ok, let difference = self.difference(from: expected) { return difference }
    if let names = expected.columns {
      guard let columns else { return "no columns" }
      guard columns.map(\.name) == names else { return "columns \(columns.map(\.name)), not \(names)" }
    }
    return expected.rows.flatMap { difference(from: $0) }
  }

  private func difference(from expected: OKExpectation) -> String? {
    guard let ok else { return "no OK" }
    if let affected = expected.affected, affected != ok.affectedRows { return "affected \(ok.affectedRows)" }
    if let id = expected.insertId, id != ok.lastInsertID { return "insert id \(ok.lastInsertID)" }
    if let warnings = expected.warnings, warnings != ok.warnings { return "warnings \(ok.warnings)" }
    if let info = expected.info, info != ok.info { return "info \(ok.info)" }
    return nil
  }

  private func difference(from expected: [[String?]]) -> String? {
    guard rows.count == expected.count else { return "\(rows.count) rows, not \(expected.count)" }
    for (number, (row, expectedRow)) in zip(rows, expected).enumerated() {
      guard row.count == expectedRow.count else { return "\(row.count) cells in row \(number)" }
      for (index, (value, text)) in zip(row, expectedRow).enumerated()
      where !value.isWritten(text, column: columns?[index]) {
        return "row \(number) column \(columns?[index].name ?? ""): \(value), not \(text ?? "NULL")"
      }
    }
    return nil
  }
}

extension Value {
  /// Whether an expectations file writes this value as the text.
  fileprivate func isWritten(_ text: String?, column: ColumnDefinition?) -> Bool {
    guard let text else { return self == .null }
    switch self {
    case .null: return false
    case .integer(let value): return Int64(text) == value
    case .unsigned(let value): return UInt64(text) == value
    case .float(let value): return Float(text)?.bitPattern == value.bitPattern
    case .double(let value): return Double(text)?.bitPattern == value.bitPattern
    // ZEROFILL pads what is printed; the value is the same.
    case .decimal(let value): return text.drop { $0 == "0" } == value.description.drop { $0 == "0" }
    case .date(let value): return text == value.description
    case .time(let value):
      return text == printed { value.write(to: &$0, fractionDigits: column?.fractionDigits ?? 0) }
    case .dateTime(let value):
      return text == printed { value.write(to: &$0, fractionDigits: column?.fractionDigits ?? 0) }
    case .bits(let value): return text == "bits:\(value)"
    case .text(let value): return text == value
    case .bytes(let value): return text == "hex:" + hex(value)
    case .vector(let value):
      return text == "hex:"
        + hex(value.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
    }
  }
}

extension ColumnDefinition {
  fileprivate var fractionDigits: Int { decimals <= 6 ? Int(decimals) : 0 }
}

private func printed(_ write: (inout ByteWriter) -> Void) -> String {
  var writer = ByteWriter()
  write(&writer)
  return String(decoding: writer.bytes, as: UTF8.self)
}
