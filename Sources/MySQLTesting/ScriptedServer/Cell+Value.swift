package import MySQLWire

extension ServerScript.Cell {
  /// Makes a cell from a parameter that a client sent. A decimal, date or time becomes text.
  package init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .integer(let number): self = .integer(number)
    case .unsigned(let number), .bits(let number): self = .unsigned(number)
    case .float(let number): self = .double(Double(number))
    case .double(let number): self = .double(number)
    case .text(let text): self = .text(text)
    case .bytes(let bytes): self = .bytes(bytes)
    case .decimal, .date, .time, .dateTime, .vector:
      var writer = ByteWriter()
      value.writeText(to: &writer, display: TextDisplay(fractionDigits: value.hasFraction ? 6 : 0))
      if case .vector = value {
        self = .bytes(writer.bytes)
      } else {
        self = .text(String(decoding: writer.bytes, as: UTF8.self))
      }
    }
  }

  /// The content as a value of the text protocol.
  private var content: Value {
    switch self {
    case .null: .null
    case .integer(let number): .integer(number)
    case .unsigned(let number): .unsigned(number)
    case .double(let number): .double(number)
    case .text(let text): .text(text)
    case .bytes(let bytes): .bytes(bytes)
    }
  }

  /// Returns the cell as a value of the column's type. In the text protocol a cell may also be what the column's type
  /// does not allow.
  func value(in column: ServerScript.Column, _ format: Format) throws(TestServerError) -> Value {
    let definition = column.definition
    switch self {
    case .null: return .null
    case .integer(let number) where definition.type == .bit: return .bits(UInt64(bitPattern: number))
    case .unsigned(let number) where definition.type == .bit: return .bits(number)
    default: break
    }
    guard format == .binary else { return content }
    let decoder = ColumnDecoder(
      type: definition.type, flags: definition.flags, collation: definition.collation, format: .text)
    var text = ByteWriter()
    content.writeText(to: &text)
    do {
      return try decoder.value(text.bytes.span.bytes)
    } catch {
      throw .unusableValue(column: column.name, self)
    }
  }
}

extension Value {
  fileprivate var hasFraction: Bool {
    switch self {
    case .time(let time): time.microseconds > 0
    case .dateTime(let dateTime): dateTime.microsecond > 0
    default: false
    }
  }
}
