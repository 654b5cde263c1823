import MySQLWire

/// The fields of packets as text on one line.
enum FieldText {
  private static let longestText = 2000
  private static let longestCell = 60
  private static let mostCells = 40

  static func quoted(_ bytes: some Collection<UInt8>) -> String {
    quoted(String(decoding: bytes, as: UTF8.self))
  }

  static func quoted(_ text: String, limit: Int = longestText) -> String {
    let shown = text.prefix(limit)
    let rest = text.utf8.count - shown.utf8.count
    return "'" + escaped(shown) + "'" + (rest > 0 ? "… and \(rest) bytes" : "")
  }

  /// Returns text of several lines, without quotes.
  static func lines(_ bytes: ArraySlice<UInt8>) -> String {
    let shown = bytes.prefix(longestText)
    var text = String(decoding: VisibleText.lines(Array(shown)), as: UTF8.self)
    guard shown.count < bytes.count else { return text }
    // The cut may go through a character.
    while text.unicodeScalars.last == "\u{FFFD}" { text.unicodeScalars.removeLast() }
    return "\(text)… and \(bytes.count - shown.count) bytes"
  }

  static func plain(_ bytes: [UInt8]) -> String { escaped(String(decoding: bytes, as: UTF8.self)) }

  private static func escaped(_ text: some StringProtocol) -> String {
    let shown = VisibleText.of(text)
    guard shown.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "'") }) else {
      return shown
    }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "'": result += "\\\(scalar)"
      default:
        if let escape = VisibleText.escape(for: scalar) {
          result += escape
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  static func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

  static func list(_ texts: [String]) -> String {
    let shown = texts.prefix(mostCells).joined(separator: ", ")
    return texts.count > mostCells ? "\(shown), … \(texts.count - mostCells) more" : shown
  }

  static func row(_ payload: [UInt8], _ columns: ResultColumns) throws(Violation) -> String {
    var reader = CellReader(0..<payload.count, columns)
    var row = [UInt8(ascii: "(")]
    row.reserveCapacity(min(payload.count, 1024))
    let decoders = columns.decoders
    let isText = columns.format == .text
    for column in 0..<columns.count {
      let bytes = payload.span.bytes
      let range = try reader.next(in: bytes, columns)
      guard column < mostCells else { continue }
      if column > 0 {
        row.append(UInt8(ascii: ","))
        row.append(UInt8(ascii: " "))
      }
      guard let range else {
        row += "NULL".utf8
        continue
      }
      let decoder = decoders[column]
      switch decoder.kind {
      case .bytes: row += Self.value(try decoder.value(bytes.extracting(range))).utf8
      case _ where isText: append(cell: payload[range], to: &row)
      default: row += Self.value(try decoder.value(bytes.extracting(range))).utf8
      }
    }
    if columns.count > mostCells { row += ", … \(columns.count - mostCells) more".utf8 }
    row.append(UInt8(ascii: ")"))
    return String(decoding: row, as: UTF8.self)
  }

  /// Returns one cell.
  static func cell(
    _ payload: [UInt8], _ range: Range<Int>, _ column: Int, of columns: ResultColumns
  ) throws(Violation) -> String {
    let decoder = columns.decoders[column]
    if columns.format == .text, decoder.kind != .bytes { return lines(payload[range]) }
    return value(try decoder.value(payload.span.bytes.extracting(range)))
  }

  /// Appends a cell of the text protocol. Most cells are printable ASCII as far as they are shown, and need no String.
  private static func append(cell: ArraySlice<UInt8>, to row: inout [UInt8]) {
    let quote = UInt8(ascii: "'")
    // The byte after those that are shown may belong to the last character.
    let isPlain = cell.prefix(longestCell + 1)
      .allSatisfy { 0x20..<0x7F ~= $0 && $0 != quote && $0 != UInt8(ascii: "\\") }
    guard isPlain else {
      // Only the beginning of a long cell is read. A character that is cut off there is not shown.
      let head = cell.prefix(longestCell * 32)
      guard head.count < cell.count else {
        row += quoted(String(decoding: cell, as: UTF8.self), limit: longestCell).utf8
        return
      }
      let text = String(decoding: head, as: UTF8.self).prefix(longestCell)
      row += "'\(escaped(text))'… and \(max(0, cell.count - text.utf8.count)) bytes".utf8
      return
    }
    row.append(quote)
    row += cell.prefix(longestCell)
    row.append(quote)
    if cell.count > longestCell { row += "… and \(cell.count - longestCell) bytes".utf8 }
  }

  static func value(_ value: Value) -> String {
    switch value {
    case .null: return "NULL"
    case .integer(let number): return "\(number)"
    case .unsigned(let number): return "\(number)"
    case .float(let number): return "\(number)"
    case .double(let number): return "\(number)"
    case .bits(let bits): return "b'" + String(bits, radix: 2) + "'"
    case .text(let text): return quoted(text, limit: longestCell)
    case .bytes(let bytes):
      let digits = bytes.prefix(longestCell / 2).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      return "0x" + digits.joined() + (bytes.count > digits.count ? "… (\(bytes.count) bytes)" : "")
    case .vector(let numbers): return "[" + list(numbers.map { "\($0)" }) + "]"
    case .decimal, .date, .time, .dateTime: return wireText(value)
    }
  }

  private static func wireText(_ value: Value) -> String {
    switch value {
    case .decimal(let decimal): "\(decimal)"
    case .date(let date): "\(date)"
    case .time(let time): "\(time)"
    case .dateTime(let dateTime): "\(dateTime)"
    default: ""
    }
  }

  /// Returns what AuthMoreData brings.
  static func moreData(_ data: ArraySlice<UInt8>) -> String {
    switch Array(data) {
    case [3]: "the server knows the password's hash: accepted"
    case [4]: "the server wants the password itself"
    case let key where key.starts(with: "-----BEGIN".utf8): "the server's public key, \(key.count) bytes"
    default: "\(data.count) bytes"
    }
  }

  static func column(_ column: ColumnDefinition) -> String {
    let table = column.table.isEmpty ? "" : "\(escaped(column.table))."
    return "\(quoted(table + column.name)) type=\(column.type.rawValue) flags=\(column.flags.rawValue) "
      + "collation=\(column.collation.rawValue) length=\(column.length) decimals=\(column.decimals)"
  }

  static func change(_ change: SessionChange) -> String {
    switch change {
    case .variable(let name, let value): "variable \(name)=\(quoted(value))"
    case .schema(let name): "database=\(quoted(name))"
    case .state(let changed): "state_changed=\(changed)"
    case .gtids(let gtids): "gtids=\(quoted(gtids))"
    case .transactionCharacteristics(let sql): "transaction=\(quoted(sql))"
    case .transactionState(let state): "transaction_state=\(quoted(state))"
    case .unknown(let kind, let data): "change of kind \(kind), \(data.count) bytes"
    }
  }
}
