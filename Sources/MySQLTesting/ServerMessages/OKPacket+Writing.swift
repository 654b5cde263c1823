package import MySQLWire

extension OKPacket {
  /// Writes the packet with the header of an OK, or of an EOF where it ends rows. The info text is written if there is
  /// any, or if changes follow it.
  package func write(
    to writer: inout ByteWriter, _ capabilities: Capabilities, header: UInt8 = OKPacket.header
  ) {
    writer.writeUInt8(header)
    writer.writeLengthEncoded(affectedRows)
    writer.writeLengthEncoded(lastInsertID)
    writer.writeInteger(status.rawValue)
    writer.writeInteger(warnings)
    let tellsChanges = capabilities.contains(.sessionTrack) && status.contains(.sessionStateChanged)
    if !info.isEmpty || tellsChanges { writer.writeLengthEncoded(bytes: info.utf8) }
    guard tellsChanges else { return }
    var list = ByteWriter()
    for change in changes { change.write(to: &list) }
    writer.writeLengthEncoded(bytes: list.bytes)
  }
}
