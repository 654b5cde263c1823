@testable import MySQL
@testable import MySQLWire

/// A column of a made-up result.
struct Column {
  var name = "c"
  var type: ColumnType
  var flags: ColumnFlags = []
  var collation = Collation.binary
  var length: UInt32 = 20
  var decimals: UInt8 = 0

  func definition() throws -> ColumnDefinition {
    var writer = ByteWriter()
    for text in ["def", "shop", "users", "users", name, name] {
      writer.writeLengthEncoded(bytes: text.utf8)
    }
    writer.writeLengthEncoded(12)
    writer.writeInteger(collation.rawValue)
    writer.writeInteger(length)
    writer.writeUInt8(type.rawValue)
    writer.writeInteger(flags.rawValue)
    writer.writeUInt8(decimals)
    writer.write([0, 0])
    return try ColumnDefinition(payload: writer.bytes, capabilities: [])
  }

  func named(_ name: String) -> Column {
    var column = self
    column.name = name
    return column
  }

  static func text(_ name: String = "c") -> Column {
    Column(name: name, type: .varString, collation: .utf8mb4)
  }
  static func int(_ name: String = "c") -> Column { Column(name: name, type: .long) }
}

/// Returns rows as a server would send them, in one batch.
func makeBatch(
  _ format: Format, _ columns: [Column], _ rows: [[Value]], firstRow: Int = 0
) throws -> Batch {
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
  return Batch(RowBatch(columns: wire, bytes: bytes, ends: ends, firstRow: firstRow))
}

func makeRow(_ format: Format, _ columns: [Column], _ values: [Value], number: Int = 0) throws -> MySQLRow {
  MySQLRow(try makeBatch(format, columns, [values], firstRow: number), 0)
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

func decimal(_ text: String) throws -> Value {
  .decimal(try Decimal(text: Array(text.utf8).span.bytes))
}

func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
  CivilDate(year: year, month: month, day: day) ?? .zero
}

func dateTime(_ date: CivilDate, _ hour: Int, _ minute: Int, _ second: Int, _ microsecond: Int = 0) -> Value {
  .dateTime(
    CivilDateTime(date: date, hour: hour, minute: minute, second: second, microsecond: microsecond) ?? .zero)
}

let formats: [Format] = [.text, .binary]

/// Returns the text of the error that a closure throws.
func message(_ body: () throws -> some Any) -> String {
  do {
    return "no error but \(try body())"
  } catch {
    return "\(error)"
  }
}
