import MySQLWire

extension String: MySQLDecodable {
  /// Reads text, ENUM, SET and JSON; any number, date or time as the server prints it; and binary strings that
  /// are UTF-8. BIT, VECTOR and other binary strings throw.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      if let text = try decoder.string(content) { return text }
      return try cell.print(content, decoder)
    }
  }
}

extension String: MySQLEncodable {
  /// Writes text.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    var text = self
    text.withUTF8 { writer.write(utf8: $0.span.bytes) }
  }
}

extension Substring: MySQLEncodable {
  /// Writes text.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    var text = self
    text.withUTF8 { writer.write(utf8: $0.span.bytes) }
  }
}

extension MySQLParameterWriter {
  mutating func write(utf8 text: RawSpan) {
    list.append(ParameterType(.varString)) { $0.writeLengthEncoded(span: text) }
  }
}

extension MySQLCell {
  /// Reads text, for a type that is made from text.
  func text(as type: Any.Type) throws(MySQLError) -> String {
    if isNull { throw nullError(as: type) }
    guard decoder.kind == .text || decoder.kind == .bytes else { throw mismatchError(as: type) }
    return try String.decode(self)
  }

  /// Returns the content as the text protocol shows it, or nil if it is not text.
  @inline(never)
  fileprivate func print(_ content: RawSpan, _ decoder: ColumnDecoder) throws(Violation) -> String? {
    switch decoder.kind {
    case .null, .bits, .vector: return nil
    case .bytes: return content.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
    default: break
    }
    let value = try decoder.value(content)
    let columns = block.rows.columns
    // A decimal is text in both protocols, including the leading zeros of ZEROFILL.
    if columns.format == .text || decoder.kind == .decimal {
      return content.string(in: 0..<content.byteCount)
    }
    var text = ByteWriter()
    value.writeText(to: &text, display: columns.definitions[columnIndex].display(of: value))
    return String(decoding: text.bytes, as: UTF8.self)
  }
}

extension ColumnDefinition {
  /// Returns how the server prints a value of the column.
  fileprivate func display(of value: Value) -> TextDisplay {
    switch value {
    case .time(let time): TextDisplay(fractionDigits: fractionDigits(time.microseconds))
    case .dateTime(let dateTime): TextDisplay(fractionDigits: fractionDigits(dateTime.microsecond))
    default: TextDisplay(zerofillWidth: zerofillWidth)
    }
  }

  /// Returns the number of fraction digits. A server that does not know it sends more than 6.
  private func fractionDigits(_ microseconds: UInt32) -> Int {
    decimals <= 6 ? Int(decimals) : microseconds == 0 ? 0 : 6
  }

  private var zerofillWidth: Int {
    if type == .year { return 4 }
    // A display width is at most 255.
    return flags.contains(.zerofill) ? Int(min(length, 255)) : 0
  }
}
