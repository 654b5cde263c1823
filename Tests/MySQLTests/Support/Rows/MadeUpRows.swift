@testable import MySQL
@testable import MySQLWire

/// Returns rows as a server would send them, in one block.
func makeBlock(
  _ format: Format, _ columns: [Column], _ rows: [[Value]], firstRow: Int = 0
) throws -> Block {
  let wire = ResultColumns(try columns.map { try $0.definition() }, format: format)
  var bytes: [UInt8] = []
  var ends: [UInt32] = []
  for row in rows {
    // This is where the header of the next packet would be.
    if !ends.isEmpty { bytes += [0, 0, 0, 0] }
    let payload = format == .text ? textRow(row, columns) : binaryRow(row, columns)
    try wire.checkRow(payload.span.bytes)
    bytes += payload
    ends.append(UInt32(bytes.count))
  }
  return Block(RowBlock(columns: wire, bytes: bytes, ends: ends, firstRow: firstRow))
}

func makeRow(_ format: Format, _ columns: [Column], _ values: [Value], number: Int = 0) throws -> MySQLRow {
  MySQLRow(try makeBlock(format, columns, [values], firstRow: number), 0)
}

func makeCell(_ format: Format, _ column: Column, _ value: Value, number: Int = 0) throws -> MySQLCell {
  try makeRow(format, [column], [value], number: number)[0]
}

private func textRow(_ row: [Value], _ columns: [Column]) -> [UInt8] {
  var writer = ByteWriter()
  for (value, column) in zip(row, columns) {
    if value == .null {
      writer.writeUInt8(RawSpan.nullMarker)
      continue
    }
    var content = ByteWriter()
    let isPadded = column.flags.contains(.zerofill) || column.type == .year
    value.writeText(
      to: &content,
      display: TextDisplay(
        fractionDigits: Int(column.decimals), zerofillWidth: isPadded ? Int(column.length) : 0))
    writer.writeLengthEncoded(bytes: content.bytes)
  }
  return writer.bytes
}

private func binaryRow(_ row: [Value], _ columns: [Column]) -> [UInt8] {
  var nulls = [UInt8](repeating: 0, count: (row.count + 9) / 8)
  var cells = ByteWriter()
  for (index, (value, column)) in zip(row, columns).enumerated() {
    if value == .null { nulls[(index + 2) / 8] |= 1 << ((index + 2) % 8) }
    var content = ByteWriter()
    value.writeParameter(to: &content)
    switch (BinaryLayout(column.type), value) {
    case (.fixed(let width), _): cells.write(content.bytes.prefix(width))
    case (.lengthEncoded, .bits):
      cells.writeUInt8(8)
      cells.write(content.bytes.reversed())
    default: cells.write(content.bytes)
    }
  }
  return [0] + nulls + cells.bytes
}
