import MySQLTesting
import MySQLWire
import Testing

/// The same column gives equal values in the text and the binary protocol, and through typed reads.
@Suite(.busy) struct ProtocolAgreementTests {
  @Test func randomAndExtremeValuesAreEqualInBothProtocols() throws {
    var generator = SeededGenerator()
    for column in RandomColumn.all {
      let text = ColumnDecoder(column.type, .text, flags: column.flags, collation: column.collation)
      let binary = ColumnDecoder(column.type, .binary, flags: column.flags, collation: column.collation)
      let values = column.extremes + (0..<1000).map { _ in column.random(&generator) }
      for value in values {
        let textCell = value.textCell()
        let binaryCell = value.binaryCell(column.type)
        let read = [
          try text.value(textCell), try binary.value(binaryCell),
          try typed(text, textCell), try typed(binary, binaryCell),
        ]
        #expect(read == Array(repeating: value, count: 4), "\(column.type), seed \(generator.seed)")
      }
    }
  }

  private func typed(_ decoder: ColumnDecoder, _ bytes: [UInt8]) throws -> Value? {
    let cell = bytes.span.bytes
    return switch decoder.kind {
    case .null: nil
    case .integer: try decoder.int64(cell).map(Value.integer)
    case .unsigned: try decoder.uint64(cell).map(Value.unsigned)
    case .float: try decoder.float(cell).map(Value.float)
    case .double: try decoder.double(cell).map(Value.double)
    case .decimal: try decoder.decimal(cell).map(Value.decimal)
    case .date: try decoder.date(cell).map(Value.date)
    case .time: try decoder.time(cell).map(Value.time)
    case .dateTime: try decoder.dateTime(cell).map(Value.dateTime)
    case .bits: try decoder.uint64(cell).map(Value.bits)
    case .text: try decoder.string(cell).map(Value.text)
    case .bytes: try decoder.bytes(cell).map(Value.bytes)
    case .vector: try decoder.vector(cell).map(Value.vector)
    }
  }
}
