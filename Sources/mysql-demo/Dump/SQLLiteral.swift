import MySQLWire

/// The literal that a value of a column is written as. The server reads it as exactly this value, with the settings
/// that the beginning of a dump makes (utf8mb4, and backslashes as escapes).
enum SQLLiteral: Equatable {
  /// A number as the server writes it.
  case number
  /// A floating point number. Without an exponent, it would be a DECIMAL, which has no negative zero.
  case floatingPoint
  /// Characters that are never special, such as those of a date.
  case plain
  case text
  case bytes
  /// Text as its bytes in the named character set.
  case encoded(String)

  init(for column: ColumnDefinition) {
    self =
      switch column.type {
      case .tiny, .short, .int24, .long, .longLong, .year, .decimal, .oldDecimal: .number
      case .float, .double: .floatingPoint
      case .date, .newDate, .time, .dateTime, .timestamp: .plain
      case .json: .text
      case .bit, .geometry, .vector: .bytes
      // MariaDB calls the text of these types binary in some versions.
      case _ where ["uuid", "inet4", "inet6"].contains(column.extendedType): .plain
      default: column.collation == .binary ? .bytes : .text
      }
  }

  /// The maximum size of the literals of some values, by the size of all the values together.
  static func longest(for size: Int, values: Int = 1) -> Int { 2 * size + 24 * values }

  /// Appends the literal of a value that is not NULL.
  @inline(__always)
  func append(_ value: UnsafeBufferPointer<UInt8>, to buffer: inout [UInt8]) {
    switch self {
    case .number: buffer.append(contentsOf: value)
    case .floatingPoint:
      buffer.append(contentsOf: value)
      if value.count == 2, value[0] == UInt8(ascii: "-"), value[1] == UInt8(ascii: "0") {
        buffer.append(UInt8(ascii: "e"))
        buffer.append(UInt8(ascii: "0"))
      }
    case .plain:
      buffer.append(UInt8(ascii: "'"))
      buffer.append(contentsOf: value)
      buffer.append(UInt8(ascii: "'"))
    case .text: Self.append(text: value, to: &buffer)
    case .bytes: Self.append(bytes: value, to: &buffer)
    case .encoded(let name):
      buffer.append(UInt8(ascii: "_"))
      buffer.append(contentsOf: name.utf8)
      buffer.append(UInt8(ascii: " "))
      Self.append(bytes: value, to: &buffer)
    }
  }

  /// Appends text in quotes, as the server's own client library escapes it.
  static func append(text: UnsafeBufferPointer<UInt8>, to buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: "'"))
    var start = 0
    for index in 0..<text.count {
      let letter: UInt8
      switch text[index] {
      case 0: letter = UInt8(ascii: "0")
      case UInt8(ascii: "\n"): letter = UInt8(ascii: "n")
      case UInt8(ascii: "\r"): letter = UInt8(ascii: "r")
      // Ctrl-Z ends a text file on Windows.
      case 0x1A: letter = UInt8(ascii: "Z")
      case UInt8(ascii: "'"), UInt8(ascii: "\\"): letter = text[index]
      default: continue
      }
      if start < index { buffer.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index])) }
      buffer.append(UInt8(ascii: "\\"))
      buffer.append(letter)
      start = index + 1
    }
    if start < text.count { buffer.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...])) }
    buffer.append(UInt8(ascii: "'"))
  }

  /// Appends bytes in hexadecimal.
  static func append(bytes: UnsafeBufferPointer<UInt8>, to buffer: inout [UInt8]) {
    guard !bytes.isEmpty else {
      buffer.append(UInt8(ascii: "'"))
      buffer.append(UInt8(ascii: "'"))
      return
    }
    buffer.append(UInt8(ascii: "0"))
    buffer.append(UInt8(ascii: "x"))
    var position = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: 2 * bytes.count))
    // The room is there already, so that no digit needs a check of the capacity.
    buffer.withUnsafeMutableBufferPointer { buffer in
      for byte in bytes {
        buffer[position] = (byte >> 4).hexDigit(isUppercase: true)
        buffer[position + 1] = byte.hexDigit(isUppercase: true)
        position += 2
      }
    }
  }
}
