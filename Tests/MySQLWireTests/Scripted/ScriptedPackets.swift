import MySQLWire

/// The packets of a made-up server.
typealias Bytes = [UInt8]

/// Returns a payload after its header, or after several headers if the payload has 16 MiB - 1 or more.
func packet(_ sequence: UInt8, _ payload: Bytes) -> Bytes {
  var sequence = sequence
  var rest = payload[...]
  var bytes: Bytes = []
  while true {
    let piece = rest.prefix(0xFF_FFFF)
    bytes += [UInt8(piece.count & 0xFF), UInt8(piece.count >> 8 & 0xFF), UInt8(piece.count >> 16), sequence]
    bytes += piece
    guard piece.count == 0xFF_FFFF else { return bytes }
    rest = rest.dropFirst(piece.count)
    sequence &+= 1
  }
}

/// Returns the payloads as consecutive packets, numbered from this id on.
func packets(from sequence: UInt8 = 1, _ payloads: Bytes...) -> Bytes {
  packets(from: sequence, payloads)
}

func packets(from sequence: UInt8 = 1, _ payloads: [Bytes]) -> Bytes {
  zip(0..., payloads).flatMap { packet(sequence &+ UInt8(truncatingIfNeeded: $0), $1) }
}

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

func lengthEncoded(_ bytes: some Collection<UInt8>) -> Bytes {
  var writer = ByteWriter()
  writer.writeLengthEncoded(bytes: bytes)
  return writer.bytes
}

func lengthEncoded(_ value: UInt64) -> Bytes {
  var writer = ByteWriter()
  writer.writeLengthEncoded(value)
  return writer.bytes
}

func definition(
  _ name: String, _ type: ColumnType = .varString, _ capabilities: Capabilities = [], extended: Bytes = []
) -> Bytes {
  var writer = ByteWriter()
  for text in ["def", "s", "t", "u", name, "o"] { writer.writeLengthEncoded(bytes: text.utf8) }
  if capabilities.contains(.mariadbExtendedMetadata) { writer.writeLengthEncoded(bytes: extended) }
  writer.writeUInt8(12)
  writer.writeInteger(UInt16(45))
  writer.writeInteger(UInt32(80))
  writer.writeUInt8(type.rawValue)
  writer.writeInteger(ColumnFlags.notNull.rawValue)
  writer.writeUInt8(0)
  writer.write(zeros: 2)
  return writer.bytes
}

extension ColumnDefinition {
  /// Returns what `definition` is read as.
  static func expected(_ name: String, _ type: ColumnType = .varString) throws(Violation) -> Self {
    try ColumnDefinition(payload: definition(name, type), capabilities: [])
  }
}

func textRow(_ cells: String?...) -> Bytes {
  cells.flatMap { cell in cell.map { lengthEncoded(Array($0.utf8)) } ?? [0xFB] }
}

/// Returns a row of columns that are all strings.
func binaryRow(_ cells: String?...) -> Bytes {
  var nulls = Bytes(repeating: 0, count: (cells.count + 9) / 8)
  for (column, cell) in cells.enumerated() where cell == nil {
    nulls[(column + 2) / 8] |= 1 << UInt8((column + 2) % 8)
  }
  return [0x00] + nulls + cells.flatMap { cell in cell.map { lengthEncoded(Array($0.utf8)) } ?? [] }
}

func prepareOK(_ id: UInt32, columns: UInt16, parameters: UInt16, warnings: UInt16 = 0) -> Bytes {
  var writer = ByteWriter()
  writer.writeUInt8(0)
  writer.writeInteger(id)
  writer.writeInteger(columns)
  writer.writeInteger(parameters)
  writer.writeUInt8(0)
  writer.writeInteger(warnings)
  return writer.bytes
}

func authSwitch(_ plugin: String, _ challenge: Bytes = .challenge) -> Bytes {
  [0xFE] + plugin.utf8 + [0] + challenge + [0]
}

func nextFactor(_ plugin: String, _ challenge: Bytes = .challenge) -> Bytes {
  [0x02] + plugin.utf8 + [0] + challenge + [0]
}

func moreData(_ data: Bytes) -> Bytes { [0x01] + data }
