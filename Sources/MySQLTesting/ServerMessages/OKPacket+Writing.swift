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

extension SessionChange {
  package func write(to writer: inout ByteWriter) {
    var data = ByteWriter()
    writer.writeUInt8(writeData(to: &data))
    writer.writeLengthEncoded(bytes: data.bytes)
  }

  /// Writes the data of the change. Returns its kind.
  private func writeData(to data: inout ByteWriter) -> UInt8 {
    switch self {
    case .variable(let name, let value):
      data.writeLengthEncoded(bytes: name.utf8)
      data.writeLengthEncoded(bytes: value.utf8)
      return 0
    case .schema(let name):
      data.writeLengthEncoded(bytes: name.utf8)
      return 1
    case .state(let changed):
      data.writeUInt8(UInt8(ascii: changed ? "1" : "0"))
      return 2
    case .gtids(let text):
      data.writeUInt8(0)
      data.writeLengthEncoded(bytes: text.utf8)
      return 3
    case .transactionCharacteristics(let sql):
      data.writeLengthEncoded(bytes: sql.utf8)
      return 4
    case .transactionState(let state):
      data.writeLengthEncoded(bytes: state.utf8)
      return 5
    case .unknown(let kind, let bytes):
      data.write(bytes)
      return kind
    }
  }
}

extension EOFPacket {
  package func write(to writer: inout ByteWriter) {
    writer.writeUInt8(Self.header)
    writer.writeInteger(warnings)
    writer.writeInteger(status.rawValue)
  }
}
