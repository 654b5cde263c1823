import MySQLWire

/// `--format json` and `jsonl`: an object for each row, in an array or each on a line of its own. Numbers are
/// numbers, JSON is JSON, bytes are hexadecimal digits after `0x`, and all else is text.
struct JSONObjects: ResultWriter {
  let output: OutputBuffer
  let isLines: Bool
  private var keys: [[UInt8]] = []
  private var kinds: [Kind] = []
  private var hasRows = false

  private enum Kind {
    case number, json, bytes, text
  }

  init(output: OutputBuffer, isLines: Bool) {
    self.output = output
    self.isLines = isLines
  }

  mutating func begin(_ columns: ResultColumns) {
    keys = Self.uniqueNames(columns.definitions.map { String(decoding: $0.nameBytes, as: UTF8.self) }).map {
      var key: [UInt8] = []
      Self.append(text: Array($0.utf8)[...], to: &key)
      return key + Array(": ".utf8)
    }
    kinds = columns.definitions.map { Self.kind(of: $0) }
    if !isLines { output.write("[") }
  }

  /// Returns unique names, since an object has each key once: if columns have the same name, the first keeps it and the
  /// others are numbered.
  static func uniqueNames(_ names: [String]) -> [String] {
    // Compared by their bytes, since a String equals others that are spelled differently.
    var taken = Set(names.map { Array($0.utf8) })
    var seen: Set<[UInt8]> = []
    return names.map { name in
      if seen.insert(Array(name.utf8)).inserted { return name }
      var number = 2
      while !taken.insert(Array("\(name)_\(number)".utf8)).inserted { number += 1 }
      return "\(name)_\(number)"
    }
  }

  mutating func write(_ block: RowBlock) {
    for row in 0..<block.count {
      if !isLines { output.write(hasRows ? ",\n" : "\n") }
      hasRows = true
      writeRow(row, of: block)
      if isLines { output.write("\n") }
      output.flushIfFull()
    }
  }

  mutating func end() {
    if !isLines { output.write(hasRows ? "\n]\n" : "]\n") }
  }

  private func writeRow(_ row: Int, of block: RowBlock) {
    output.write("{")
    block.forEachCell(ofRow: row) { column, range in
      if column > 0 { output.write(", ") }
      output.write(keys[column])
      guard let range else { return output.write("null") }
      let content = block.bytes[range]
      output.append { buffer in
        switch kinds[column] {
        case .number: Self.append(number: content, to: &buffer)
        case .json: append(json: content, to: &buffer)
        case .bytes: Self.append(bytes: content, to: &buffer)
        case .text: Self.append(text: content, to: &buffer)
        }
      }
    }
    output.write("}")
  }

  /// Appends JSON. MariaDB declares some texts as JSON that are not; those are appended as text.
  private func append(json: ArraySlice<UInt8>, to buffer: inout [UInt8]) {
    guard JSONText.isValid(json) else { return Self.append(text: json, to: &buffer) }
    // Line ends occur only as space between tokens: inside of strings they are escaped.
    let newline = UInt8(ascii: "\n")
    if isLines {
      for byte in json { buffer.append(byte == newline || byte == 0x0D ? UInt8(ascii: " ") : byte) }
    } else {
      buffer += json
    }
  }

  private static func kind(of column: ColumnDefinition) -> Kind {
    if column.type == .json || column.extendedFormat == "json" { return .json }
    if column.type == .null || column.type.isNumber { return .number }
    switch column.type {
    case .bit, .geometry, .vector: return .bytes
    case .date, .newDate, .time, .dateTime, .timestamp: return .text
    default: return column.collation == .binary ? .bytes : .text
    }
  }

  /// Appends a number without the leading zeros of ZEROFILL, which JSON does not allow.
  private static func append(number: ArraySlice<UInt8>, to buffer: inout [UInt8]) {
    let zero = UInt8(ascii: "0")
    let digits = number.drop { $0 == zero }
    guard number.first == zero, number.count > 1 else {
      buffer += number
      return
    }
    if digits.first.map({ $0 < zero || $0 > UInt8(ascii: "9") }) ?? true { buffer.append(zero) }
    buffer += digits
  }

  private static func append(bytes: ArraySlice<UInt8>, to buffer: inout [UInt8]) {
    buffer += Array("\"0x".utf8)
    for byte in bytes { append(hex: byte, to: &buffer) }
    buffer.append(UInt8(ascii: "\""))
  }

  static func append(text: ArraySlice<UInt8>, to buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: "\""))
    let valid = String(decoding: text, as: UTF8.self)
    for byte in valid.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): buffer += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): buffer += Array("\\n".utf8)
      case UInt8(ascii: "\t"): buffer += Array("\\t".utf8)
      case UInt8(ascii: "\r"): buffer += Array("\\r".utf8)
      case 0..<0x20:
        buffer += Array("\\u00".utf8)
        append(hex: byte, to: &buffer)
      default: buffer.append(byte)
      }
    }
    buffer.append(UInt8(ascii: "\""))
  }

  private static func append(hex byte: UInt8, to buffer: inout [UInt8]) {
    buffer.append((byte >> 4).hexDigit())
    buffer.append(byte.hexDigit())
  }
}
