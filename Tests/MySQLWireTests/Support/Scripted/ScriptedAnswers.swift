import MySQLWire

func ok(
  affected: UInt64 = 0, id: UInt64 = 0, status: StatusFlags = .autocommit, warnings: UInt16 = 0,
  info: String? = nil, changes: Bytes? = nil, header: UInt8 = 0x00
) -> Bytes {
  var writer = ByteWriter()
  writer.writeUInt8(header)
  writer.writeLengthEncoded(affected)
  writer.writeLengthEncoded(id)
  writer.writeInteger(status.rawValue)
  writer.writeInteger(warnings)
  if let info { writer.writeLengthEncoded(bytes: info.utf8) }
  if let changes { writer.writeLengthEncoded(bytes: changes) }
  return writer.bytes
}

/// Returns the end of rows: an EOF packet, or the OK packet that takes its place.
func end(_ capabilities: Capabilities, status: StatusFlags = .autocommit, warnings: UInt16 = 0) -> Bytes {
  capabilities.contains(.deprecateEOF)
    ? ok(status: status, warnings: warnings, header: 0xFE) : eof(status: status, warnings: warnings)
}

func eof(status: StatusFlags = .autocommit, warnings: UInt16 = 0) -> Bytes {
  var writer = ByteWriter()
  writer.writeUInt8(0xFE)
  writer.writeInteger(warnings)
  writer.writeInteger(status.rawValue)
  return writer.bytes
}

func failure(_ code: UInt16 = 1064, _ state: String? = "42000", _ message: String = "no") -> Bytes {
  var writer = ByteWriter()
  writer.writeUInt8(0xFF)
  writer.writeInteger(code)
  if let state { writer.write("#\(state)".utf8) }
  writer.write(message.utf8)
  return writer.bytes
}

extension ErrorPacket {
  /// What `failure()` is read as.
  static let expected = ErrorPacket(code: 1064, sqlState: "42000", message: "no")
}
