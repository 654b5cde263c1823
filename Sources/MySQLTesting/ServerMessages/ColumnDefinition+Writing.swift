package import MySQLWire

extension ColumnDefinition {
  package func write(to writer: inout ByteWriter, _ capabilities: Capabilities) {
    for text in ["def", schema, table, originalTable, name, originalName] {
      writer.writeLengthEncoded(bytes: text.utf8)
    }
    if capabilities.contains(.mariadbExtendedMetadata) {
      var extended = ByteWriter()
      for (kind, text) in [(UInt8(0), extendedType), (1, extendedFormat)] where !text.isEmpty {
        extended.writeUInt8(kind)
        extended.writeLengthEncoded(bytes: text.utf8)
      }
      writer.writeLengthEncoded(bytes: extended.bytes)
    }
    writer.writeLengthEncoded(12)
    writer.writeInteger(collation.rawValue)
    writer.writeInteger(length)
    writer.writeUInt8(type.rawValue)
    writer.writeInteger(flags.rawValue)
    writer.writeUInt8(decimals)
    writer.write(zeros: 2)
  }
}
