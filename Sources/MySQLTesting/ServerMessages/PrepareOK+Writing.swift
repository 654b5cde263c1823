package import MySQLWire

extension PrepareOK {
  package func write(to writer: inout ByteWriter) {
    writer.writeUInt8(OKPacket.header)
    writer.writeInteger(statement)
    writer.writeInteger(UInt16(clamping: columns))
    writer.writeInteger(UInt16(clamping: parameters))
    writer.writeUInt8(0)
    writer.writeInteger(warnings)
  }
}
