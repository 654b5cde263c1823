import Foundation
import MySQLTesting
import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct CivilValueTests {
  @Test(arguments: ["0000-00-00", "2024-02-00", "2024-02-31", "9999-12-31", "2024-02-29"])
  func datesReadWhatTheyPrint(text: String) throws {
    let date = try #require(MySQLDate(text))
    #expect("\(date)" == text)
    #expect(MySQLDate(year: date.year, month: date.month, day: date.day) == date)
    #expect(try JSONDecoder().decode([MySQLDate].self, from: JSONEncoder().encode([date])) == [date])
    let dateTime = try #require(MySQLDateTime(text + " 23:59:58.000001"))
    #expect("\(dateTime)" == text + " 23:59:58.000001")
    #expect(dateTime.date == date)
    #expect(MySQLDateTime(text + "T23:59:58.000001") == dateTime)
  }

  @Test(arguments: [
    "", "2024-1-1", "2024-13-01", "2024-01-32", "20240101", "2024-01-01 ", " 2024-01-01", "-001-01-01",
  ])
  func whatIsNoDateIsNil(text: String) {
    #expect(MySQLDate(text) == nil)
    #expect(MySQLDateTime(text + " 00:00:00") == nil)
  }

  @Test(arguments: [
    "24:00:00", "00:60:00", "00:00:60", "00:00:00Z", "00:00:00+01:00", "00:00:00.1234567", "00:00",
  ])
  func whatIsNoTimeOfDayIsNil(text: String) {
    #expect(MySQLDateTime("2024-01-01 " + text) == nil)
  }

  @Test(arguments: [
    ("00:00:00", Duration.zero), ("-838:59:59.999999", .microseconds(-3_020_399_999_999)),
    ("838:59:59", .seconds(3_020_399)), ("-00:00:00.000001", .microseconds(-1)),
    ("12:34:56.5", .milliseconds(45_296_500)),
  ])
  func timesAreDurations(text: String, duration: Duration) throws {
    let time = try #require(MySQLTime(text))
    #expect(time.duration == duration)
    #expect(MySQLTime(duration) == time)
  }

  @Test func durationsBeyondATimeAreNilAndFinerOnesAreCutOff() {
    #expect(MySQLTime(.seconds(3_020_400)) == nil)
    #expect(MySQLTime(.seconds(-3_020_400)) == nil)
    #expect(MySQLTime(.seconds(Int64.max)) == nil)
    #expect(MySQLTime(.seconds(Int64.min)) == nil)
    #expect(MySQLTime(.nanoseconds(-1_999)) == MySQLTime(.microseconds(-1)))
    #expect(MySQLTime("839:00:00") == nil)
    #expect(MySQLTime(hours: 839, minutes: 0, seconds: 0) == nil)
  }

  @Test func theyAreOrderedAsTheServerOrdersThem() throws {
    let times = try ["-01:00:00", "-00:00:00.5", "00:00:00", "00:00:01", "100:00:00"].map {
      try #require(MySQLTime($0))
    }
    #expect(times.shuffled().sorted() == times)
    let dates = try ["0000-00-00", "2024-00-00", "2024-02-28", "2024-02-31"].map {
      try #require(MySQLDate($0))
    }
    #expect(dates.shuffled().sorted() == dates)
    let decimals = try ["-1.5", "-1", "0", "0.10", "0.2", "10"].map { try #require(MySQLDecimal($0)) }
    #expect(decimals.shuffled().sorted() == decimals)
  }

  @Test func theCalendarIsTheOneOfFoundation() throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    var generator = SeededGenerator()
    for _ in 0..<2000 {
      let day = try #require(
        MySQLDate(
          year: .random(in: 1583...9999, using: &generator), month: .random(in: 1...12, using: &generator),
          day: .random(in: 1...28, using: &generator)))
      let dateTime = try #require(
        MySQLDateTime(
          day, hour: .random(in: 0...23, using: &generator), minute: .random(in: 0...59, using: &generator),
          second: .random(in: 0...59, using: &generator)))
      let date = try #require(Date(dateTime, in: .gmt), "seed \(generator.seed)")
      #expect(date == calendar.date(from: dateTime.dateComponents), "seed \(generator.seed)")
      #expect(MySQLDateTime(date, in: .gmt) == dateTime, "seed \(generator.seed)")
      #expect(MySQLDateTime(dateTime.dateComponents) == dateTime)
    }
    for year in [1900, 2000, 2023, 2024] {
      #expect(MySQLDate(year: year, month: 2, day: 29)?.isInCalendar == (year == 2000 || year == 2024))
    }
  }

  @Test(arguments: [
    "0000-00-00 00:00:00", "2024-00-01 00:00:00", "2024-01-00 00:00:00", "2023-02-29 00:00:00",
  ])
  func whatIsInNoCalendarIsNoDate(text: String) throws {
    #expect(Date(try #require(MySQLDateTime(text)), in: .gmt) == nil)
    let date = try #require(MySQLDate(String(text.prefix(10))))
    #expect(Date(date, in: .gmt) == nil)
    #expect(!date.isInCalendar)
  }

  @Test func microsecondsSurviveTheWayThroughDate() throws {
    var generator = SeededGenerator()
    let zones = try ["GMT", "Europe/Berlin", "Asia/Kathmandu"].map { try #require(TimeZone(identifier: $0)) }
    for _ in 0..<2000 {
      let moment = Double.random(in: -3_100_000_000...4_200_000_000, using: &generator)
      for zone in zones {
        let dateTime = try #require(MySQLDateTime(Date(timeIntervalSinceReferenceDate: moment), in: zone))
        guard let date = Date(dateTime, in: zone) else {
          Issue.record("\(dateTime) in \(zone.identifier), seed \(generator.seed)")
          continue
        }
        #expect(MySQLDateTime(date, in: zone) == dateTime, "\(zone.identifier), seed \(generator.seed)")
      }
    }
  }

  @Test func summerTimeSkipsAnHourAndRepeatsAnother() throws {
    let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
    func date(_ text: String) -> Double? {
      MySQLDateTime(text).flatMap { Date($0, in: berlin) }?.timeIntervalSince1970
    }
    #expect(date("2026-03-29 01:59:59") == 1_774_745_999)
    #expect(date("2026-03-29 02:00:00") == nil)
    #expect(date("2026-03-29 02:59:59.999999") == nil)
    #expect(date("2026-03-29 03:00:00") == 1_774_746_000)
    #expect(date("2026-10-25 02:30:00") == 1_792_888_200)
    #expect(date("2026-10-25 03:00:00") == 1_792_893_600)
  }

  @Test func datesOutsideOfTheYearsOfTheServerAreNil() {
    #expect(MySQLDateTime(.distantFuture, in: .gmt)?.date.year == 4001)
    #expect(MySQLDateTime(Date(timeIntervalSince1970: 253_402_300_800), in: .gmt) == nil)
    #expect(
      MySQLDateTime(Date(timeIntervalSince1970: 253_402_300_799), in: .gmt)?.description
        == "9999-12-31 23:59:59")
    for wild in [Double.infinity, -.infinity, .nan, 1e300] {
      #expect(MySQLDateTime(Date(timeIntervalSinceReferenceDate: wild), in: .gmt) == nil)
    }
    #expect(MySQLDate(Date(timeIntervalSince1970: -1), in: .gmt)?.description == "1969-12-31")
  }

  @Test(arguments: formats) func cellsBecomeDatesInATimeZone(format: Format) throws {
    let tokyo = try #require(TimeZone(identifier: "Asia/Tokyo"))
    let timestamp = try makeCell(format, Column(type: .timestamp), dateTime(date(1970, 1, 1), 9, 0, 1))
    #expect(try timestamp.decode(Date.self, timeZone: tokyo).timeIntervalSince1970 == 1)
    let day = try makeCell(format, Column(type: .date), .date(date(1970, 1, 1)))
    #expect(try day.decode(Date?.self, timeZone: tokyo)?.timeIntervalSince1970 == -32_400)
    let zero = try makeCell(format, Column(type: .dateTime), .dateTime(.zero))
    #expect(
      message { try zero.decode(Date.self, timeZone: tokyo) }
        == "cannot decode column 'c' (index 0, DATETIME, row 0) as Date: 0000-00-00 00:00:00 does not exist in Asia/Tokyo"
    )
    #expect(
      message { try makeCell(format, .int(), .integer(1)).decode(Date.self, timeZone: .gmt) }
        == "cannot decode column 'c' (index 0, INT, row 0) as Date: decode it as Int64")
  }

  @Test func decimalsConvertOnlyWhereNothingIsLost() throws {
    let number = try #require(MySQLDecimal("-12.50"))
    #expect(number == MySQLDecimal("-12.5"))
    #expect(number.hashValue == MySQLDecimal("-12.5")?.hashValue)
    #expect("\(number)" == "-12.50")
    #expect(Double(number) == -12.5)
    #expect(Int(exactly: number) == nil)
    #expect(Int(exactly: MySQLDecimal(Int.min)) == .min)
    #expect(Foundation.Decimal(exactly: number)?.description == "-12.5")
    #expect(MySQLDecimal(exactly: Foundation.Decimal(string: "0.1") ?? 0) == MySQLDecimal("0.1"))
    #expect(MySQLDecimal(exactly: Foundation.Decimal.nan) == nil)
    #expect(MySQLDecimal(shortest: 0.1)?.description == "0.1")
    #expect(MySQLDecimal(shortest: .infinity) == nil)
    #expect(MySQLDecimal(UInt64.max).description == "18446744073709551615")
    #expect(3 < MySQLDecimal(integerLiteral: 4))
    for text in ["", "1e5", "+1", ".", "1,5", "nan"] { #expect(MySQLDecimal(text) == nil) }
  }
}
