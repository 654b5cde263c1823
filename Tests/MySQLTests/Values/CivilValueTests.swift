import Foundation
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
  func textThatIsNotADateIsNil(text: String) {
    #expect(MySQLDate(text) == nil)
    #expect(MySQLDateTime(text + " 00:00:00") == nil)
  }

  @Test(arguments: [
    "24:00:00", "00:60:00", "00:00:60", "00:00:00Z", "00:00:00+01:00", "00:00:00.1234567", "00:00",
  ])
  func textThatIsNotATimeOfDayIsNil(text: String) {
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

  @Test func aTimeHasItsParts() throws {
    let time = try #require(MySQLTime("-838:07:09.000005"))
    #expect(time.isNegative && time.hours == 838 && time.minutes == 7)
    #expect(time.seconds == 9 && time.microseconds == 5)
    #expect(MySQLTime(isNegative: true, hours: 838, minutes: 7, seconds: 9, microseconds: 5) == time)
  }

  @Test func valuesAreOrderedAsOnTheServer() throws {
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
}
