import MySQLWire
import Testing

@Suite(.busy) struct BinaryLayoutTests {
  @Test func knowsHowEachTypeLiesInARow() {
    let widths: [ColumnType: Int] = [
      .null: 0, .tiny: 1, .short: 2, .year: 2, .int24: 4, .long: 4, .float: 4, .longLong: 8, .double: 8,
    ]
    let temporals: Set<ColumnType> = [.date, .newDate, .time, .dateTime, .timestamp]
    for type in (UInt8.min...UInt8.max).map(ColumnType.init(rawValue:)) {
      if let width = widths[type] {
        #expect(BinaryLayout(type) == .fixed(width))
      } else {
        #expect(BinaryLayout(type) == (temporals.contains(type) ? .temporal : .lengthEncoded))
      }
    }
  }
}
