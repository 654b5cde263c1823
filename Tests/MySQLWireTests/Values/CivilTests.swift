import MySQLWire
import Testing

@Suite(.busy) struct CivilTests {
  @Test(arguments: ["0000-00-00", "2024-00-00", "2024-02-00", "2024-02-31", "9999-12-31", "0001-01-01"])
  func keepsZeroPartialAndImpossibleDates(text: String) throws {
    guard case .date(let date) = try ColumnDecoder(.date, .text).value(text) else {
      Issue.record("no date")
      return
    }
    #expect(date.description == text)
    let moment = try ColumnDecoder(.dateTime, .text).value(text + " 23:59:59.000001")
    #expect(
      moment
        == CivilDateTime(date: date, hour: 23, minute: 59, second: 59, microsecond: 1).map(Value.dateTime))
  }

  @Test(arguments: [
    ("00:00:00", 0), ("-00:00:01", -1_000_000), ("00:00:00.000001", 1), ("-00:00:00.5", -500_000),
    ("12:34:56.123", 45_296_123_000), ("100:00:00", 360_000_000_000),
    ("838:59:59.999999", 3_020_399_999_999), ("-838:59:59.999999", -3_020_399_999_999),
  ])
  func readsTimesAsSpansOfEitherSign(text: String, microseconds: Int64) throws {
    guard case .time(let time) = try ColumnDecoder(.time, .text).value(text) else {
      Issue.record("no time")
      return
    }
    #expect(time.totalMicroseconds == microseconds)
  }

  /// Servers that are neither MySQL nor MariaDB write hours without a leading zero (mysql-mimic 3.0).
  @Test(arguments: [
    ("5:00:00", "05:00:00"), ("-5:01:02", "-05:01:02"), ("0:00:00.5", "00:00:00.500000"),
    ("-9:59:59.999999", "-09:59:59.999999"), ("-0:00:00", "00:00:00"),
  ])
  func readsHoursOfOneDigit(text: String, meaning: String) throws {
    guard case .time(let time) = try ColumnDecoder(.time, .text).value(text) else {
      Issue.record("no time")
      return
    }
    #expect(time.description == meaning)
  }

  @Test(arguments: [
    "5:0:00", "5:00:0", ":00:00:00", "5:60:00", "5:00:00.", "5::00:00", "a:00:00", "5:00:00 ",
  ])
  func refusesTextThatIsAlmostATime(text: String) {
    #expect(throws: Violation.malformed(.time)) { try ColumnDecoder(.time, .text).value(text) }
  }

  @Test func zeroTimeHasNoSign() throws {
    #expect(try ColumnDecoder(.time, .text).value("-00:00:00") == .time(.zero))
    #expect(try ColumnDecoder(.time, .binary).value([1, 0, 0, 0, 0, 0, 0, 0]) == .time(.zero))
    #expect(CivilTime(isNegative: true, hours: 0, minutes: 0, seconds: 0) == .zero)
  }

  @Test func printsAsManyFractionDigitsAsAreAskedFor() throws {
    let time = try #require(
      CivilTime(isNegative: true, hours: 8, minutes: 5, seconds: 9, microseconds: 123_456))
    let expected = ["-08:05:09", "-08:05:09.1", "-08:05:09.12", "-08:05:09.123"]
    for (digits, text) in expected.enumerated() {
      let cell = Value.time(time).textCell(TextDisplay(fractionDigits: digits))
      #expect(String(decoding: cell, as: UTF8.self) == text)
    }
    #expect(time.description == "-08:05:09.123456")
    #expect(CivilTime.maximum.description == "838:59:59.999999")
    #expect(CivilDateTime.zero.description == "0000-00-00 00:00:00")
  }

  @Test func refusesPartsOutOfRange() {
    #expect(CivilDate(year: 10_000, month: 1, day: 1) == nil)
    #expect(CivilDate(year: 2024, month: 13, day: 1) == nil)
    #expect(CivilDate(year: 2024, month: 1, day: 32) == nil)
    #expect(CivilDate(year: -1, month: 1, day: 1) == nil)
    #expect(CivilTime(hours: 839, minutes: 0, seconds: 0) == nil)
    #expect(CivilTime(hours: 0, minutes: 60, seconds: 0) == nil)
    #expect(CivilDateTime(date: .zero, hour: 24, minute: 0, second: 0) == nil)
    #expect(CivilDateTime(date: .zero, hour: 0, minute: 0, second: 0, microsecond: 1_000_000) == nil)
  }

  @Test func ordersAsTheClockDoes() throws {
    let texts = [
      "0000-00-00 00:00:00", "2023-12-31 23:59:59.999999", "2024-00-00 00:00:00", "2024-01-01 00:00:00",
      "2024-01-01 00:00:00.000001", "2024-01-01 00:00:01", "2024-01-01 00:01:00", "2024-01-01 01:00:00",
    ]
    let moments = try texts.map { text in
      let cell = Array(text.utf8)
      return try #require(try ColumnDecoder(.dateTime, .text).dateTime(cell.span.bytes))
    }
    #expect(moments == moments.shuffled().sorted())
    let times = try ["-01:00:00", "-00:00:01", "-00:00:00.1", "00:00:00", "00:00:00.1", "01:00:00"].map {
      text in
      let cell = Array(text.utf8)
      return try #require(try ColumnDecoder(.time, .text).time(cell.span.bytes))
    }
    #expect(times == times.shuffled().sorted())
  }

  @Test(
    arguments: [
      (.date, "2024-1-01"), (.date, "2024/01/01"), (.date, "2024-01-0a"), (.date, "2024-13-01"),
      (.date, "2024-01-32"), (.date, "2024-01-01 00:00:00"), (.date, ""), (.date, "2O24-01-01"),
      (.dateTime, "2024-01-01"), (.dateTime, "2024-01-01T00:00:00"), (.dateTime, "2024-01-01 24:00:00"),
      (.dateTime, "2024-01-01 00:60:00"), (.dateTime, "2024-01-01 00:00:60"),
      (.dateTime, "2024-01-01 00:00:00."), (.dateTime, "2024-01-01 00:00:00.1234567"),
      (.dateTime, "2024-01-01 00:00:00,1"), (.dateTime, "2024-01-01 00:00:00.1a"),
      (.time, "839:00:00"), (.time, "900:00:00"), (.time, "0838:00:00"),
      (.time, "--1:00:00"), (.time, "00:00"), (.time, "00:61:00"), (.time, "00:00:00.1234567"), (.time, "-"),
    ] as [(ColumnType, String)])
  func refusesTextThatIsNotADateOrTime(type: ColumnType, text: String) {
    #expect(throws: Violation.self) { try ColumnDecoder(type, .text).value(text) }
  }

  @Test(
    arguments: [
      (.date, [0x10, 0x27, 1, 1]), (.date, [0xE8, 7, 13, 1]), (.date, [0xE8, 7, 1, 32]),
      (.dateTime, [0xE8, 7, 1, 1, 24, 0, 0]), (.dateTime, [0xE8, 7, 1, 1, 0, 60, 0]),
      (.dateTime, [0xE8, 7, 1, 1, 0, 0, 60]), (.dateTime, [0xE8, 7, 1, 1, 0, 0, 0, 0x40, 0x42, 0x0F, 0]),
      (.time, [2, 0, 0, 0, 0, 1, 0, 0]), (.time, [0, 34, 0, 0, 0, 23, 0, 0]),
      (.time, [0, 35, 0, 0, 0, 0, 0, 0]),
      (.time, [0, 0xAB, 0x0A, 0, 0, 0, 0, 0]), (.time, [0, 0, 0, 0, 0, 0, 60, 0]),
      (.time, [0, 0, 0, 0, 0, 0, 0, 60]), (.time, [0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x42, 0x0F, 0]),
    ] as [(ColumnType, [UInt8])])
  func refusesBinaryPartsOutOfRange(type: ColumnType, cell: [UInt8]) {
    #expect(throws: Violation.self) { try ColumnDecoder(type, .binary).value(cell) }
  }
}
