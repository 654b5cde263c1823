@testable import MySQLWire
import Testing

@Suite(.busy) struct ParameterTests {
  @Test(
    arguments: [
      (.null, [6, 0], []),
      (.integer(-2), [8, 0], [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
      (.unsigned(.max), [8, 0x80], Array(repeating: 0xFF, count: 8)),
      (.bits(5), [8, 0x80], [5, 0, 0, 0, 0, 0, 0, 0]),
      (.float(1.5), [4, 0], [0, 0, 0xC0, 0x3F]),
      (.double(-1.5), [5, 0], [0, 0, 0, 0, 0, 0, 0xF8, 0xBF]),
      (.decimal(Decimal(Int64(-42))), [246, 0], [3, 0x2D, 0x34, 0x32]),
      (.text("né"), [253, 0], [3, 0x6E, 0xC3, 0xA9]),
      (.bytes([0, 0xFF]), [252, 0], [2, 0, 0xFF]),
      (.vector([1]), [252, 0], [4, 0, 0, 0x80, 0x3F]),
    ] as [(Value, [UInt8], [UInt8])])
  func announcesAndWritesEachKind(value: Value, announced: [UInt8], written: [UInt8]) {
    expect(value, announced, written)
  }

  @Test func writesDatesAndTimesInTheirShortestForm() throws {
    let day = try #require(CivilDate(year: 2024, month: 2, day: 29))
    expect(.date(day), [10, 0], [4, 0xE8, 0x07, 2, 29])
    expect(.date(.zero), [10, 0], [0])
    func moment(_ hour: Int, _ minute: Int, _ second: Int, _ microsecond: Int) throws -> Value {
      .dateTime(
        try #require(
          CivilDateTime(date: day, hour: hour, minute: minute, second: second, microsecond: microsecond)))
    }
    expect(try moment(0, 0, 0, 0), [12, 0], [4, 0xE8, 0x07, 2, 29])
    expect(try moment(0, 0, 9, 0), [12, 0], [7, 0xE8, 0x07, 2, 29, 0, 0, 9])
    expect(try moment(0, 0, 0, 1), [12, 0], [11, 0xE8, 0x07, 2, 29, 0, 0, 0, 1, 0, 0, 0])
    expect(.dateTime(.zero), [12, 0], [0])
    let short = try #require(CivilTime(isNegative: true, hours: 838, minutes: 59, seconds: 58))
    expect(.time(short), [11, 0], [8, 1, 34, 0, 0, 0, 22, 59, 58])
    expect(.time(.maximum), [11, 0], [12, 0, 34, 0, 0, 0, 22, 59, 59, 0x3F, 0x42, 0x0F, 0])
    expect(.time(.zero), [11, 0], [0])
  }

  @Test func prefixesLongTextWithItsLengthInBytes() {
    expect(
      .text(String(repeating: "é", count: 150)), [253, 0],
      [0xFC, 0x2C, 0x01] + Array(repeatElement([0xC3, 0xA9], count: 150).joined()))
  }

  /// Such a decimal is longer than any column's, but a program can make one.
  @Test func prefixesALongDecimalWithItsLength() throws {
    let text = Array(("-0." + String(repeating: "0", count: 254) + "1").utf8)
    let decimal = try ColumnDecoder(.decimal, .text).value(text)
    expect(decimal, [246, 0], [0xFC, 0x02, 0x01] + text)
  }

  private func expect(_ value: Value, _ announced: [UInt8], _ written: [UInt8]) {
    var writer = ByteWriter()
    value.parameterType.write(to: &writer)
    #expect(writer.bytes == announced)
    writer = ByteWriter()
    value.writeParameter(to: &writer)
    #expect(writer.bytes == written)
  }
}
