/// What the server tells of one column of a result, or of one parameter of a statement.
package struct ColumnDefinition: Hashable, Sendable {
  package var schema: String
  /// The table as the statement calls it, and as the schema does.
  package var table: String
  package var originalTable: String
  /// The column as the statement calls it, and as the table does.
  package var name: String
  package var originalName: String
  /// The bytes of `name`, where they may not be UTF-8: the session has another character set.
  package var rawName: [UInt8]?
  /// MariaDB's finer type, such as "uuid", "inet6" or "point"; empty elsewhere.
  package var extendedType = ""
  /// MariaDB's format of the text, such as "json"; empty elsewhere.
  package var extendedFormat = ""
  package var collation: Collation
  /// The most bytes that a value has as text.
  package var length: UInt32
  package var type: ColumnType
  package var flags: ColumnFlags
  /// Digits after the point; 31 where a float has no fixed number of them.
  package var decimals: UInt8

  package init(
    schema: String = "", table: String = "", name: String, collation: Collation, length: UInt32,
    type: ColumnType, flags: ColumnFlags, decimals: UInt8
  ) {
    self.schema = schema
    self.table = table
    originalTable = table
    self.name = name
    originalName = name
    self.collation = collation
    self.length = length
    self.type = type
    self.flags = flags
    self.decimals = decimals
  }

  package init(payload: [UInt8], capabilities: Capabilities) throws(Violation) {
    try self.init(payload: payload.span.bytes, capabilities: capabilities)
  }

  package init(payload bytes: RawSpan, capabilities: Capabilities) throws(Violation) {
    var position = 0
    // The catalog, "def" from every server.
    _ = try bytes.readLengthEncodedRange(at: &position)
    schema = try bytes.readLengthEncodedString(at: &position)
    table = try bytes.readLengthEncodedString(at: &position)
    originalTable = try bytes.readLengthEncodedString(at: &position)
    let nameRange = try bytes.readLengthEncodedRange(at: &position)
    name = bytes.string(in: nameRange)
    // U+FFFD, which stands for what is not UTF-8, begins with this byte.
    if name.utf8.contains(0xEF) { rawName = bytes.bytes(in: nameRange) }
    originalName = try bytes.readLengthEncodedString(at: &position)
    if capabilities.contains(.mariadbExtendedMetadata) {
      let range = try bytes.readLengthEncodedRange(at: &position)
      (extendedType, extendedFormat) = try Self.readExtended(bytes.extracting(range))
    }
    // What follows has a length of its own, always 12.
    let fixed = try bytes.readLengthEncodedRange(at: &position)
    guard fixed.count >= 12 else { throw .malformed(.columnDefinition) }
    guard position == bytes.byteCount else { throw .trailingBytes(in: .columnDefinition) }
    position = fixed.lowerBound
    collation = Collation(rawValue: try bytes.readInteger(at: &position))
    length = try bytes.readInteger(at: &position)
    type = ColumnType(rawValue: try bytes.readUInt8(at: &position))
    flags = ColumnFlags(rawValue: try bytes.readInteger(at: &position))
    decimals = try bytes.readUInt8(at: &position)
  }

  /// How much memory it takes.
  package var size: Int {
    var size = MemoryLayout<Self>.stride + (rawName?.count ?? 0)
    for text in [schema, table, originalTable, name, originalName, extendedType, extendedFormat] {
      size += text.heapSize
    }
    return size
  }

  private static func readExtended(_ bytes: RawSpan) throws(Violation) -> (type: String, format: String) {
    var (type, format) = ("", "")
    var position = 0
    while position < bytes.byteCount {
      let kind = try bytes.readUInt8(at: &position)
      let text = try bytes.readLengthEncodedString(at: &position)
      switch kind {
      case 0: type = text
      case 1: format = text
      default: break
      }
    }
    return (type, format)
  }
}
