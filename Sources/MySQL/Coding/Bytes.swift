public import Foundation
import MySQLWire

/// An element whose arrays are one value: `[UInt8]` is a binary string and `[Float]` a VECTOR. Do not conform
/// your own types.
public protocol MySQLArrayElement: Sendable {
  /// Makes the array from a cell.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`.
  static func decodeArray(_ cell: MySQLCell) throws(MySQLError) -> [Self]

  /// Writes the array as one value.
  ///
  /// - Throws: A `MySQLError` of the kind `encoding`.
  static func encodeArray(_ array: [Self], to writer: inout MySQLParameterWriter) throws(MySQLError)
}

extension Array: MySQLDecodable where Element: MySQLArrayElement {
  /// Decodes the array as its element type defines.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try Element.decodeArray(cell)
  }
}

extension UInt8: MySQLArrayElement {
  /// Reads a binary string or GEOMETRY, or the raw bytes of a text, a BIT or a VECTOR.
  public static func decodeArray(_ cell: MySQLCell) throws(MySQLError) -> [UInt8] {
    try cell.decode(as: [UInt8].self) { (content, decoder) throws(Violation) in try decoder.bytes(content) }
  }
}

extension Float: MySQLArrayElement {
  /// Reads a VECTOR. MariaDB reports a VECTOR as a binary string; those are read if their length fits.
  public static func decodeArray(_ cell: MySQLCell) throws(MySQLError) -> [Float] {
    try cell.decode(as: [Float].self) { (content, decoder) throws(Violation) in
      switch decoder.kind {
      case .vector: try decoder.vector(content)
      case .bytes: try? ColumnDecoder.vector.vector(content)
      default: nil
      }
    }
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

extension UUID: MySQLDecodable {
  /// Reads a binary string of 16 bytes, in the order that UUID_TO_BIN produces without its swap flag; or text
  /// as UUID() prints it, which includes MariaDB's type UUID.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    if cell.decoder.kind == .bytes, let uuid = cell.sixteenBytes { return UUID(uuid: uuid) }
    guard let uuid = UUID(uuidString: try cell.text(as: Self.self)) else {
      throw cell.decodingError(as: Self.self, "the text is no UUID")
    }
    return uuid
  }
}

extension MySQLCell {
  fileprivate var sixteenBytes: uuid_t? {
    guard let range = place.range, range.count == 16 else { return nil }
    return batch.rows.bytes.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: range.lowerBound, as: uuid_t.self)
    }
  }
}

extension ColumnDecoder {
  fileprivate static let vector = Self(type: .vector, flags: [], collation: .binary, format: .binary)
}
