public import Foundation
import MySQLWire

extension String: MySQLDecodable {
  /// Reads text, ENUM, SET and JSON; and any number, date or time as the server prints it. Binary strings are
  /// read if they are UTF-8. BIT, VECTOR and other binary strings throw.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      if let text = try decoder.string(content) { return text }
      return try cell.print(content, decoder)
    }
  }
}

extension URL: MySQLDecodable {
  /// Reads text that is a URL.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    let text = try cell.decode(as: Self.self, of: [.text, .bytes])
    guard let url = URL(string: text) else { throw cell.decodingError(as: Self.self, "the text is no URL") }
    return url
  }
}

extension MySQLCell {
  /// Reads the text of a column that must be of one of the kinds.
  func decode<R>(
    as type: R.Type, of kinds: Set<ColumnDecoder.Kind>
  ) throws(MySQLError) -> String {
    guard isNull || kinds.contains(decoder.kind) else { throw mismatchError(as: type) }
    if isNull { throw nullError(as: type) }
    return try String.decode(self)
  }

  /// What the text protocol shows of the content, or nil if that is no text.
  @inline(never)
  fileprivate func print(_ content: RawSpan, _ decoder: ColumnDecoder) throws(Violation) -> String? {
    switch decoder.kind {
    case .null, .bits, .vector: return nil
    case .bytes: return content.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
    case .text, .decimal: return content.string(in: 0..<content.byteCount)
    default: break
    }
    // A check that it is what the column says.
    let value = try decoder.value(content)
    let columns = batch.rows.columns
    if columns.format == .text { return content.string(in: 0..<content.byteCount) }
    return value.text(columns.definitions[columnIndex].display(of: value))
  }
}

extension ColumnDefinition {
  /// How the server prints a value of the column.
  fileprivate func display(of value: Value) -> TextDisplay {
    var display = TextDisplay()
    switch value {
    case .time(let time): display.fractionDigits = fractionDigits(time.microseconds)
    case .dateTime(let dateTime): display.fractionDigits = fractionDigits(dateTime.microsecond)
    default: break
    }
    if type == .year {
      display.zerofillWidth = 4
    } else if flags.contains(.zerofill) {
      display.zerofillWidth = min(Int(length), 255)
    }
    return display
  }

  /// Above 6 the server does not know.
  private func fractionDigits(_ microseconds: UInt32) -> Int {
    decimals <= 6 ? Int(decimals) : microseconds == 0 ? 0 : 6
  }
}

extension Value {
  fileprivate func text(_ display: TextDisplay) -> String {
    var writer = ByteWriter()
    writeText(to: &writer, display: display)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
