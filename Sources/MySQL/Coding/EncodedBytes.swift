public import Foundation
import MySQLWire

extension Array: MySQLEncodable where Element: MySQLArrayElement {
  /// Encodes the array as its element type defines.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try Element.encodeArray(self, to: &writer)
  }
}

extension MySQLParameterWriter {
  fileprivate mutating func write(binary bytes: RawSpan) {
    list.append(ParameterType(.blob)) { $0.writeLengthEncoded(span: bytes) }
  }
}

extension UInt8 {
  /// Writes a binary string.
  public static func encodeArray(
    _ array: [UInt8], to writer: inout MySQLParameterWriter
  ) throws(MySQLError) {
    writer.write(binary: array.span.bytes)
  }
}

extension Float {
  /// Writes a VECTOR, which is sent to the server as a binary string.
  public static func encodeArray(
    _ array: [Float], to writer: inout MySQLParameterWriter
  ) throws(MySQLError) {
    writer.list.append(.vector(array))
  }
}

extension Data: MySQLEncodable {
  /// Writes a binary string.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(binary: span.bytes)
  }
}

extension UUID: MySQLEncodable {
  /// Writes a binary string of 16 bytes, in the order that UUID_TO_BIN produces without its swap flag. For
  /// text columns, use `MySQLTextUUID`; MariaDB's type UUID accepts either.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.list.append(ParameterType(.blob)) { writer in
      writer.writeUInt8(16)
      withUnsafeBytes(of: uuid) { writer.write($0) }
    }
  }
}

/// A UUID that is bound as text, as UUID() prints it, for columns like CHAR(36).
public struct MySQLTextUUID: Hashable, Sendable {
  /// The UUID itself.
  public var value: UUID

  /// Wraps a UUID.
  public init(_ value: UUID) { self.value = value }
}

extension MySQLTextUUID: MySQLCodable {
  /// Writes 36 characters, with lowercase letters.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try value.uuidString.lowercased().encode(to: &writer)
  }

  /// Reads what `UUID` reads.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { Self(try UUID.decode(cell)) }
}

extension MySQLTextUUID: Codable {
  /// Reads what `UUID` reads.
  public init(from decoder: any Decoder) throws { value = try UUID(from: decoder) }

  /// Writes what `UUID` writes.
  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
