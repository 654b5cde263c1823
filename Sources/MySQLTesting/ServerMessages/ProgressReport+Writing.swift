package import MySQLWire

extension ProgressReport {
  package func write(to writer: inout ByteWriter) {
    writer.writeUInt8(ErrorPacket.header)
    writer.writeInteger(Self.code)
    // The number of strings.
    writer.writeUInt8(1)
    writer.writeUInt8(stage)
    writer.writeUInt8(stages)
    writer.writeUInt24(min(progress, 0xFF_FFFF))
    writer.writeLengthEncoded(bytes: activity.utf8)
  }
}
