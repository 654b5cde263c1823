/// The announcement of a parameter in COM_STMT_EXECUTE: its type, and whether that is unsigned.
package struct ParameterType: Hashable, Sendable {
  package let type: ColumnType
  package let isUnsigned: Bool

  package init(_ type: ColumnType, isUnsigned: Bool = false) {
    self.type = type
    self.isUnsigned = isUnsigned
  }

  /// Writes the two bytes of the announcement.
  package func write(to writer: inout ByteWriter) {
    writer.writeUInt8(type.rawValue)
    writer.writeUInt8(isUnsigned ? 0x80 : 0)
  }
}
