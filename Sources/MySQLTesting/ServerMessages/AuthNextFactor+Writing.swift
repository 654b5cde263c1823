package import MySQLWire

extension AuthNextFactor {
  package func write(to writer: inout ByteWriter) {
    writer.writeUInt8(Self.header)
    writer.writeNullTerminated(plugin.utf8)
    writer.writeNullTerminated(challenge)
  }
}
