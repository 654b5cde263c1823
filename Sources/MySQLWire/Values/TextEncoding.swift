extension Value {
  /// Writes the content of a cell of the text protocol, as the server does; writes nothing for NULL. A
  /// floating point number gets enough digits to read back as the same number (the server prints six of a
  /// FLOAT), and an exponent where Swift writes one.
  package func writeText(to writer: inout ByteWriter, display: TextDisplay = TextDisplay()) {
    switch self {
    case .null: break
    case .integer(let value): writer.writePadded(value.description, to: display.zerofillWidth)
    case .unsigned(let value): writer.writePadded(value.description, to: display.zerofillWidth)
    case .float(let value): writer.writeNumber(value.description)
    case .double(let value): writer.writeNumber(value.description)
    case .decimal(let value): value.write(to: &writer)
    case .date(let value): value.write(to: &writer)
    case .time(let value): value.write(to: &writer, fractionDigits: display.fractionDigits)
    case .dateTime(let value): value.write(to: &writer, fractionDigits: display.fractionDigits)
    case .bits(let value):
      withUnsafeBytes(of: value.bigEndian) { writer.write($0.suffix(display.bitBytes)) }
    case .text(let value): writer.write(value.utf8)
    case .bytes(let value): writer.write(value)
    case .vector(let value):
      for element in value { writer.writeInteger(element.bitPattern) }
    }
  }
}

extension ByteWriter {
  fileprivate mutating func writePadded(_ digits: String, to width: Int) {
    write(repeatElement(UInt8(ascii: "0"), count: max(0, width - digits.utf8.count)))
    write(digits.utf8)
  }

  /// Writes a floating point number in the server's form: 1 and 1e20, where Swift prints 1.0 and 1e+20.
  fileprivate mutating func writeNumber(_ text: String) {
    write((text.hasSuffix(".0") ? text.dropLast(2) : text[...]).utf8.lazy.filter { $0 != UInt8(ascii: "+") })
  }
}
