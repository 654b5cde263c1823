extension Value {
  /// Writes the value as a literal in a statement's text. Whatever the session's sql_mode and character set,
  /// a server reads it as exactly this value.
  ///
  /// A backslash may or may not be an escape, and in some character sets it can be the end of a character.
  /// Text that contains a backslash or a NUL is therefore written in hexadecimal.
  package func writeLiteral(to writer: inout ByteWriter) {
    switch self {
    case .null: writer.write("NULL".utf8)
    // Two minus signs in a row would begin a comment.
    case .integer(let value): writer.write((value < 0 ? " \(value)" : "\(value)").utf8)
    case .unsigned(let value), .bits(let value): writer.write("\(value)".utf8)
    case .float(let value): writer.write(floatingPoint: Double(value))
    case .double(let value): writer.write(floatingPoint: value)
    case .decimal(let value):
      if value.isNegative { writer.writeUInt8(UInt8(ascii: " ")) }
      value.write(to: &writer)
    case .date, .time, .dateTime:
      writer.writeUInt8(UInt8(ascii: "'"))
      writeText(to: &writer, display: TextDisplay(fractionDigits: 6))
      writer.writeUInt8(UInt8(ascii: "'"))
    case .text(let value):
      if value.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == 0 }) {
        writer.write("_utf8mb4 ".utf8)
        writer.write(hexadecimal: value.utf8)
      } else {
        writer.writeUInt8(UInt8(ascii: "'"))
        for byte in value.utf8 {
          if byte == UInt8(ascii: "'") { writer.writeUInt8(byte) }
          writer.writeUInt8(byte)
        }
        writer.writeUInt8(UInt8(ascii: "'"))
      }
    case .bytes(let value): writer.write(hexadecimal: value)
    case .vector:
      var bytes = ByteWriter()
      writeText(to: &bytes)
      writer.write(hexadecimal: bytes.bytes)
    }
  }
}

extension ByteWriter {
  /// Writes a number with an exponent, because without one it would be a DECIMAL.
  fileprivate mutating func write(floatingPoint value: Double) {
    if value.sign == .minus { writeUInt8(UInt8(ascii: " ")) }
    let text = value.description.utf8
    write(text)
    if !text.contains(UInt8(ascii: "e")) { write("e0".utf8) }
  }

  fileprivate mutating func write(hexadecimal bytes: some Collection<UInt8>) {
    write("X'".utf8)
    for byte in bytes {
      writeUInt8((byte >> 4).hexDigit(isUppercase: true))
      writeUInt8(byte.hexDigit(isUppercase: true))
    }
    writeUInt8(UInt8(ascii: "'"))
  }
}
