/// The server's description of one column of a result, or of one parameter of a statement.
package struct ColumnDefinition: Hashable, Sendable {
  package var schema: String
  /// The table's name in the statement; `originalTable` is its name in the schema.
  package var table: String
  package var originalTable: String
  /// The column's name in the statement; `originalName` is its name in the table.
  package var name: String
  package var originalName: String
  /// The bytes of `name`, set if they may not be UTF-8 because the session has another character set.
  package var rawName: [UInt8]?
  /// MariaDB's more specific type, such as "uuid", "inet6" or "point"; empty elsewhere.
  package var extendedType = ""
  /// MariaDB's format of the text, such as "json"; empty elsewhere.
  package var extendedFormat = ""
  package var collation: Collation
  /// The maximum length of a value as text, in bytes.
  package var length: UInt32
  package var type: ColumnType
  package var flags: ColumnFlags
  /// The number of digits after the point; 31 for a float without a fixed number of them.
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
    // The catalog: every server sends "def".
    _ = try bytes.readLengthEncodedRange(at: &position)
    schema = try bytes.readLengthEncodedString(at: &position)
    table = try bytes.readLengthEncodedString(at: &position)
    originalTable = try bytes.readLengthEncodedString(at: &position)
    let nameRange = try bytes.readLengthEncodedRange(at: &position)
    name = bytes.string(in: nameRange)
    // U+FFFD, which replaces invalid UTF-8, begins with this byte.
    if name.utf8.contains(0xEF) { rawName = bytes.bytes(in: nameRange) }
    originalName = try bytes.readLengthEncodedString(at: &position)
    if capabilities.contains(.mariadbExtendedMetadata) {
      let range = try bytes.readLengthEncodedRange(at: &position)
      (extendedType, extendedFormat) = try Self.readExtended(bytes.extracting(range))
    }
    // The remaining fields have their own length, which is always 12.
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

  /// The memory that the definition takes, in bytes.
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
