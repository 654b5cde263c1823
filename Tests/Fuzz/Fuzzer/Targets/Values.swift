import MySQLWire

/// Fuzzes one cell of any type, in either protocol: what we write of its value must read back the same.
func fuzzValues(_ input: inout Input) {
  let column = column(&input)
  let format = input.byte() & 1 == 0 ? Format.text : .binary
  let cell = input.remainder()
  let decoder = ResultColumns([column], format: format).decoders[0]
  decodeByAllMeans(decoder, cell.span.bytes)
  checkNumbers(cell)
  checkDecimals(cell)
  guard let value = try? decoder.value(cell.span.bytes), value.isFinite else { return }
  checkText(value, of: column)
  checkParameter(value)
}

extension Value {
  /// Whether the value can be text. What overflows becomes infinite, but only in the binary protocol.
  fileprivate var isFinite: Bool {
    switch self {
    case .float(let value): value.isFinite
    case .double(let value): value.isFinite
    default: true
    }
  }
}

private func checkText(_ value: Value, of column: ColumnDefinition) {
  let text = written(value)
  let decoder = ResultColumns([column], format: .text).decoders[0]
  guard let again = try? decoder.value(text.span.bytes) else {
    return expect(false, "\(value) is written as unreadable text")
  }
  if case .vector = value {} else { expect(again == value, "\(value) reads back as \(again)") }
  expect(written(again) == text, "the text of \(value) changes")

  func written(_ value: Value) -> [UInt8] {
    var writer = ByteWriter()
    value.writeText(to: &writer, display: TextDisplay(fractionDigits: 6, bitBytes: 8))
    return writer.bytes
  }
}

/// Checks a parameter, which is encoded as in a binary row.
private func checkParameter(_ value: Value) {
  let type = value.parameterType
  let collation = type.type == .blob ? Collation.binary : .utf8mb4
  let columns = ResultColumns(
    [definition(type.type, flags: type.isUnsigned ? .unsigned : [], collation)], format: .binary)
  var row = ByteWriter()
  row.write(zeros: 2)
  value.writeParameter(to: &row)
  let bytes = row.bytes.span.bytes
  var cells = CellReader(0..<bytes.byteCount, columns)
  guard let cell = try? cells.next(in: bytes, columns) else {
    return expect(false, "\(value) is not readable as a parameter")
  }
  expect(cell.upperBound == bytes.byteCount, "\(value) is longer than its cell")
  let again = try? columns.decoders[0].value(bytes.extracting(cell))
  switch (value, again) {
  case (.bits(let bits), .unsigned(let number)): expect(bits == number, "\(bits) bits read back as \(number)")
  case (.vector, .bytes): break
  default: expect(again == value, "the parameter \(value) reads back as \(String(describing: again))")
  }
}

/// Checks texts that have only a number's characters: where we read a number, the standard library reads
/// exactly the same one, and where the standard library reads one, so do we.
private func checkNumbers(_ cell: [UInt8]) {
  guard cell.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }) else { return }
  let text = String(decoding: cell, as: UTF8.self)
  let double = try? decoder(.double).double(cell.span.bytes)
  let float = try? decoder(.float).float(cell.span.bytes)
  let isOurs = cell.first != UInt8(ascii: "+")
  let standard = Double(text).flatMap { $0.isFinite && isOurs ? $0 : nil }
  expect(double?.bitPattern == standard?.bitPattern, "the Double \(text) is \(String(describing: double))")
  let standardFloat = Float(text).flatMap { $0.isFinite && isOurs ? $0 : nil }
  expect(float?.bitPattern == standardFloat?.bitPattern, "the Float \(text) is \(String(describing: float))")
}

/// Checks two decimals with a comma between them.
private func checkDecimals(_ cell: [UInt8]) {
  let parts = cell.split(separator: UInt8(ascii: ","), maxSplits: 1).map { part -> Decimal? in
    try? decoder(.decimal).decimal(Array(part).span.bytes)
  }
  guard let left = parts.first.flatMap({ $0 }) else { return }
  let double = Double(left)
  expect(double == Double(left.description), "the Double of \(left) is \(double)")
  if let shortest = Decimal(shortest: double) {
    expect(Double(shortest) == double, "\(double) becomes \(shortest)")
  }
  if let whole = Int64(exactly: left) { expect(Decimal(whole) == left, "\(left) becomes \(whole)") }
  if let whole = UInt64(exactly: left) { expect(Decimal(whole) == left, "\(left) becomes \(whole)") }

  guard parts.count == 2, let right = parts[1] else { return }
  let relations = [left < right, left == right, right < left]
  expect(relations.count { $0 } == 1, "\(left) and \(right) compare as \(relations)")
  if left == right { expect(left.hashValue == right.hashValue, "\(left) and \(right) have two hashes") }
  if double < Double(right) { expect(left < right, "\(left) is not less than \(right)") }
}

private func decoder(_ type: ColumnType) -> ColumnDecoder {
  ColumnDecoder(type: type, flags: [], collation: .utf8mb4, format: .text)
}
