import MySQLWire

/// The fields of packets as text on one line.
enum FieldText {
  private static let longestText = 2000
  static let mostCells = 40

  static func quoted(_ bytes: some Collection<UInt8>) -> String {
    quoted(String(decoding: bytes, as: UTF8.self))
  }

  static func quoted(_ text: String, limit: Int = longestText) -> String {
    // A text with no more bytes has no more characters, and finding where characters end takes long.
    let shown = text.utf8.count <= limit ? text[...] : text.prefix(limit)
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

  static func escaped(_ text: some StringProtocol) -> String {
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
