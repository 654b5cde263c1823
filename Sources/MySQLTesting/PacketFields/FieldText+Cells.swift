import MySQLWire

// Rows and their cells. They are written as bytes, since captures have many.
extension FieldText {
  private static let longestCell = 60

  /// Appends a row. If it throws, the text is incomplete.
  static func append(
    row payload: [UInt8], _ columns: ResultColumns, to text: inout [UInt8]
  ) throws(Violation) {
    let bytes = payload.span.bytes
    var cells = CellReader(0..<payload.count, columns)
    text.append("(")
    for column in 0..<columns.count {
      let range = try cells.next(in: bytes, columns)
      guard column < mostCells else { continue }
      if column > 0 { text.append(", ") }
      if let range {
        try append(cell: bytes.extracting(range), columns.decoders[column], columns.format, to: &text)
      } else {
        text.append("NULL")
      }
    }
    if columns.count > mostCells {
      text.append(", … ")
      text.append(number: columns.count - mostCells)
      text.append(" more")
    }
    text.append(")")
  }

  /// Returns one cell.
  static func cell(
    _ payload: [UInt8], _ range: Range<Int>, _ column: Int, of columns: ResultColumns
  ) throws(Violation) -> String {
    let decoder = columns.decoders[column]
    if columns.format == .text, decoder.kind != .bytes { return lines(payload[range]) }
    return value(try decoder.value(payload.span.bytes.extracting(range)))
  }

  static func value(_ value: Value) -> String {
    var text: [UInt8] = []
    append(value, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func append(
    cell: RawSpan, _ decoder: ColumnDecoder, _ format: Format, to text: inout [UInt8]
  ) throws(Violation) {
    // Switches, because the comparison of such values is not inlined here.
    switch (decoder.kind, format) {
    case (.bytes, _): append(hex: cell, to: &text)
    case (_, .text): if !appendPlain(cell, to: &text) { text.append(text: beginning(of: cell)) }
    // Of a longer one, the rest is counted as the text that it stands for, in which bytes may have been replaced.
    case (.text, .binary) where cell.byteCount <= longestCell && appendPlain(cell, to: &text): break
    default: append(try decoder.value(cell), to: &text)
    }
  }

  /// Appends a cell if it is printable ASCII as far as it is shown, which most cells are. Returns whether it is.
  private static func appendPlain(_ cell: RawSpan, to text: inout [UInt8]) -> Bool {
    let quote = UInt8(ascii: "'")
    // The byte after those that are shown may belong to the last character.
    let isPlain = cell.extracting(first: longestCell + 1).withUnsafeBytes { bytes in
      bytes.allSatisfy { 0x20..<0x7F ~= $0 && $0 != quote && $0 != UInt8(ascii: "\\") }
    }
    guard isPlain else { return false }
    text.append(quote)
    cell.extracting(first: longestCell).withUnsafeBytes { text.append(contentsOf: $0) }
    text.append(quote)
    if cell.byteCount > longestCell {
      text.append("… and ")
      text.append(number: cell.byteCount - longestCell)
      text.append(" bytes")
    }
    return true
  }

  /// Returns a cell of the text protocol. Of a long one, only the beginning is read, and a character that is cut off
  /// there is not shown.
  private static func beginning(of cell: RawSpan) -> String {
    let head = cell.extracting(first: longestCell * 32)
    let text = head.string(in: 0..<head.byteCount)
    guard head.byteCount < cell.byteCount else { return quoted(text, limit: longestCell) }
    let shown = text.prefix(longestCell)
    return "'\(escaped(shown))'… and \(max(0, cell.byteCount - shown.utf8.count)) bytes"
  }

  private static func append(_ value: Value, to text: inout [UInt8]) {
    switch value {
    case .null: text.append("NULL")
    case .integer(let number): text.append(number: number)
    case .unsigned(let number): text.append(number: number)
    case .float(let number): text.append(text: "\(number)")
    case .double(let number): text.append(text: "\(number)")
    case .decimal(let number): text.append(text: "\(number)")
    case .date(let date): text.append(text: "\(date)")
    case .time(let time): text.append(text: "\(time)")
    case .dateTime(let dateTime): text.append(text: "\(dateTime)")
    case .bits(let bits): text.append(text: "b'" + String(bits, radix: 2) + "'")
    case .text(let string): text.append(text: quoted(string, limit: longestCell))
    case .bytes(let bytes): append(hex: bytes.span.bytes, to: &text)
    case .vector(let numbers): text.append(text: "[" + list(numbers.map { "\($0)" }) + "]")
    }
  }

  private static func append(hex bytes: RawSpan, to text: inout [UInt8]) {
    let shown = bytes.extracting(first: longestCell / 2)
    text.append("0x")
    shown.withUnsafeBytes { shown in
      for byte in shown {
        text.append((byte >> 4).hexDigit())
        text.append(byte.hexDigit())
      }
    }
    guard shown.byteCount < bytes.byteCount else { return }
    text.append("… (")
    text.append(number: bytes.byteCount)
    text.append(" bytes)")
  }
}
