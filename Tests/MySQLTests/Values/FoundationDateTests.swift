import Foundation
import MySQLTesting
import Testing

@testable import MySQL

/// Dates and times of the server as moments of Foundation's calendar.
@Suite(.busy) struct FoundationDateTests {
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
      #expect(MySQLDate(day.dateComponents) == day, "seed \(generator.seed)")
      #expect(MySQLDateTime(dateTime.dateComponents) == dateTime)
    }
    for year in [1900, 2000, 2023, 2024] {
      #expect(MySQLDate(year: year, month: 2, day: 29)?.isInCalendar == (year == 2000 || year == 2024))
    }
  }

  @Test(arguments: [
    "0000-00-00 00:00:00", "2024-00-01 00:00:00", "2024-01-00 00:00:00", "2023-02-29 00:00:00",
  ])
  func datesThatNoCalendarHasAreNil(text: String) throws {
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
}
