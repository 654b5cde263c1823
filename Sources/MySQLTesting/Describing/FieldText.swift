import MySQLWire

/// The fields of packets as text of one line.
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

  static func plain(_ bytes: [UInt8]) -> String { escaped(Substring(String(decoding: bytes, as: UTF8.self))) }

  private static func escaped(_ text: Substring) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\\", "'": result += "\\\(scalar)"
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func list(_ texts: [String]) -> String {
    let shown = texts.prefix(mostCells).joined(separator: ", ")
    return texts.count > mostCells ? "\(shown), … \(texts.count - mostCells) more" : shown
  }

  static func row(_ payload: [UInt8], _ columns: ResultColumns) throws(Violation) -> String {
    var reader = CellReader(0..<payload.count, columns)
    var cells: [String] = []
    for column in 0..<columns.count {
      let bytes = payload.span.bytes
      guard let range = try reader.next(in: bytes, columns) else {
        cells.append("NULL")
        continue
      }
      if columns.format == .text, columns.decoders[column].kind != .bytes {
        cells.append(quoted(String(decoding: payload[range], as: UTF8.self), limit: longestCell))
      } else {
        let value = try columns.decoders[column].value(bytes.extracting(range))
        cells.append(Self.value(value))
      }
    }
    return "(" + list(cells) + ")"
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

  static func column(_ column: ColumnDefinition) -> String {
    let table = column.table.isEmpty ? "" : "\(escaped(Substring(column.table)))."
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
