package import MySQLWire

extension EOFPacket {
  package func write(to writer: inout ByteWriter) {
    writer.writeUInt8(Self.header)
    writer.writeInteger(warnings)
    writer.writeInteger(status.rawValue)
  }
}
