package import MySQLWire

extension ByteWriter {
  /// Writes a row of the text protocol.
  package mutating func writeTextRow(_ row: [Value]) {
    for value in row {
      guard value != .null else {
        writeUInt8(RawSpan.nullMarker)
        continue
      }
      var text = ByteWriter()
      value.writeText(to: &text)
      writeLengthEncoded(bytes: text.bytes)
    }
  }

  /// Writes a row of the binary protocol. Each value must be of the kind that its column's type decodes to.
  package mutating func writeBinaryRow(_ row: [Value], _ columns: [ColumnDefinition]) {
    writeUInt8(OKPacket.header)
    var nulls = [UInt8](repeating: 0, count: (row.count + 9) / 8)
    // The first two bits are not used.
    for (bit, value) in zip(2..., row) where value == .null { nulls[bit / 8] |= 1 << UInt8(bit % 8) }
    write(nulls)
    for (value, column) in zip(row, columns) where value != .null { write(value, as: column.type) }
  }

  private mutating func write(_ value: Value, as type: ColumnType) {
    switch (BinaryLayout(type), value) {
    case (.fixed(let size), .integer(let number)):
      withUnsafeBytes(of: number.littleEndian) { write($0.prefix(size)) }
    case (.fixed(let size), .unsigned(let number)):
      withUnsafeBytes(of: number.littleEndian) { write($0.prefix(size)) }
    case (.lengthEncoded, .bits):
      var bits = ByteWriter()
      value.writeText(to: &bits)
      writeLengthEncoded(bytes: bits.bytes)
    default: value.writeParameter(to: &self)
    }
  }
}
