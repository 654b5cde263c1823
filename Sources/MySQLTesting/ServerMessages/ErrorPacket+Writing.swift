package import MySQLWire

extension ErrorPacket {
  package func write(to writer: inout ByteWriter) {
    writer.writeUInt8(Self.header)
    writer.writeInteger(code)
    if let sqlState {
      writer.writeUInt8(UInt8(ascii: "#"))
      writer.write(sqlState.utf8)
    }
    writer.write(message.utf8)
  }
}
