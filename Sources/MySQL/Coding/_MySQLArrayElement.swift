/// An element whose arrays are one value: `[UInt8]` is a binary string and `[Float]` a VECTOR. Do not conform
/// your own types.
public protocol _MySQLArrayElement: Sendable {
  /// Makes the array from a cell.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`.
  static func _decodeArray(_ cell: MySQLCell) throws(MySQLError) -> [Self]

  /// Writes the array as one value.
  ///
  /// - Throws: A `MySQLError` of the kind `encoding`.
  static func _encodeArray(_ array: [Self], to writer: inout MySQLParameterWriter) throws(MySQLError)
}

extension Array: MySQLDecodable where Element: _MySQLArrayElement {
  /// Decodes the array as its element type defines.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try Element._decodeArray(cell)
  }
}

extension Array: MySQLEncodable where Element: _MySQLArrayElement {
  /// Encodes the array as its element type defines.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try Element._encodeArray(self, to: &writer)
  }
}
