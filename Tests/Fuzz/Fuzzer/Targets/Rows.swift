import MySQLWire

/// Fuzzes columns chosen by the leading bytes, then one row.
func fuzzRow(_ input: inout Input, format: Format) {
  let count = Int(input.byte() % 16) + 1
  let columns = ResultColumns((0..<count).map { _ in column(&input) }, format: format)
  let row = input.remainder()
  let bytes = row.span.bytes
  var cells = CellReader(0..<row.count, columns)
  for decoder in columns.decoders {
    guard let cell = try? cells.next(in: bytes, columns) else { continue }
    expect(cell.lowerBound >= 0 && cell.upperBound <= row.count, "the cell \(cell) of \(row.count) bytes")
    decodeByAllMeans(decoder, bytes.extracting(cell))
  }
}

/// Returns a column of any type, from two bytes.
func column(_ input: inout Input) -> ColumnDefinition {
  let type = ColumnType(rawValue: input.byte())
  let choice = input.byte()
  return definition(type, flags: choice & 1 == 0 ? [] : .unsigned, choice & 2 == 0 ? .utf8mb4 : .binary)
}

func definition(_ type: ColumnType, flags: ColumnFlags = [], _ collation: Collation) -> ColumnDefinition {
  var writer = ByteWriter()
  for text in ["def", "", "", "", "c", ""] { writer.writeLengthEncoded(bytes: text.utf8) }
  writer.writeUInt8(12)
  writer.writeInteger(collation.rawValue)
  writer.writeInteger(UInt32(255))
  writer.writeUInt8(type.rawValue)
  writer.writeInteger(flags.rawValue)
  writer.write(zeros: 3)
  guard let definition = try? ColumnDefinition(payload: writer.bytes, capabilities: []) else {
    preconditionFailure("a definition of our own")
  }
  return definition
}

/// Reads a cell as a value and as each primitive, which must agree.
func decodeByAllMeans(_ decoder: ColumnDecoder, _ cell: RawSpan) {
  let int64 = try? decoder.int64(cell)
  let uint64 = try? decoder.uint64(cell)
  let double = try? decoder.double(cell)
  let float = try? decoder.float(cell)
  let decimal = try? decoder.decimal(cell)
  let date = try? decoder.date(cell)
  let time = try? decoder.time(cell)
  let dateTime = try? decoder.dateTime(cell)
  let string = try? decoder.string(cell)
  let bytes = try? decoder.bytes(cell)
  let vector = try? decoder.vector(cell)
  guard let value = try? decoder.value(cell) else { return }
  let agrees =
    switch value {
    case .null: false
    case .integer(let value):
      int64 == value && uint64 == UInt64(exactly: value) && decimal == Decimal(value)
    case .unsigned(let value):
      uint64 == value && int64 == Int64(exactly: value) && decimal == Decimal(value)
    case .bits(let value): uint64 == value && int64 == Int64(exactly: value) && bytes?.isEmpty == false
    case .double(let value): double?.bitPattern == value.bitPattern && float == nil
    case .float(let value):
      float?.bitPattern == value.bitPattern && double?.bitPattern == Double(value).bitPattern
    case .decimal(let value): decimal == value
    case .date(let value): date == value
    case .time(let value): time == value
    case .dateTime(let value): dateTime == value
    case .text(let value): string == value && bytes != nil
    case .bytes(let value): bytes == value && string == nil
    case .vector(let value): vector?.map(\.bitPattern) == value.map(\.bitPattern)
    }
  expect(agrees, "\(value) is not what a primitive of \(decoder.kind) reads")
}
