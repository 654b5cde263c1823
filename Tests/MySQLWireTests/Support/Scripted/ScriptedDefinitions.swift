import MySQLWire

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
