public import Foundation
import MySQLWire

extension UUID: MySQLDecodable {
  /// Reads a binary string of 16 bytes, in the order that UUID_TO_BIN produces without its swap flag; or text
  /// as UUID() prints it, which includes MariaDB's type UUID.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    if cell.decoder.kind == .bytes, let uuid = cell.sixteenBytes { return UUID(uuid: uuid) }
    guard let uuid = UUID(uuidString: try cell.text(as: Self.self)) else {
      throw cell.decodingError(as: Self.self, "the text is not a UUID")
    }
    return uuid
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

extension MySQLCell {
  fileprivate var sixteenBytes: uuid_t? {
    guard let range = place.range, range.count == 16 else { return nil }
    return block.rows.bytes.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: range.lowerBound, as: uuid_t.self)
    }
  }
}
