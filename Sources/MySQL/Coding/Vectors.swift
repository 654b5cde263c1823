import MySQLWire

extension Float: _MySQLArrayElement {
  /// Reads a VECTOR. MariaDB reports a VECTOR as a binary string; those are read if their length fits.
  public static func _decodeArray(_ cell: MySQLCell) throws(MySQLError) -> [Float] {
    try cell.decode(as: [Float].self) { (content, decoder) throws(Violation) in
      switch decoder.kind {
      case .vector: try decoder.vector(content)
      case .bytes: try? ColumnDecoder.vector.vector(content)
      default: nil
      }
    }
  }

  /// Writes a VECTOR, which is sent to the server as a binary string.
  public static func _encodeArray(
    _ array: [Float], to writer: inout MySQLParameterWriter
  ) throws(MySQLError) {
    writer.list.append(.vector(array))
  }
}

extension ColumnDecoder {
  fileprivate static let vector = Self(type: .vector, flags: [], collation: .binary, format: .binary)
}
