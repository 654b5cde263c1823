public import Foundation
import MySQLWire

extension UInt8: _MySQLArrayElement {
  /// Reads a binary string or GEOMETRY, or the raw bytes of a text, a BIT or a VECTOR.
  public static func _decodeArray(_ cell: MySQLCell) throws(MySQLError) -> [UInt8] {
    try cell.decode(as: [UInt8].self) { (content, decoder) throws(Violation) in try decoder.bytes(content) }
  }

  /// Writes a binary string.
  public static func _encodeArray(
    _ array: [UInt8], to writer: inout MySQLParameterWriter
  ) throws(MySQLError) {
    writer.write(binary: array.span.bytes)
  }
}

extension Data: MySQLDecodable {
  /// Reads what `[UInt8]` reads.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      switch decoder.kind {
      case .bytes, .text, .bits, .vector: content.withUnsafeBytes { Data($0) }
      default: nil
      }
    }
  }
}

extension Data: MySQLEncodable {
  /// Writes a binary string.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(binary: span.bytes)
  }
}

extension MySQLParameterWriter {
  fileprivate mutating func write(binary bytes: RawSpan) {
    list.append(ParameterType(.blob)) { $0.writeLengthEncoded(span: bytes) }
  }
}
