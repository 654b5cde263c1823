import Foundation
import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct DateDecodingTests {
  @Test(arguments: formats) func cellsBecomeDatesInATimeZone(format: Format) throws {
    let tokyo = try #require(TimeZone(identifier: "Asia/Tokyo"))
    let timestamp = try makeCell(format, Column(type: .timestamp), dateTime(date(1970, 1, 1), 9, 0, 1))
    #expect(try timestamp.decode(Date.self, timeZone: tokyo).timeIntervalSince1970 == 1)
    let day = try makeCell(format, Column(type: .date), .date(date(1970, 1, 1)))
    #expect(try day.decode(Date?.self, timeZone: tokyo)?.timeIntervalSince1970 == -32_400)
    let zero = try makeCell(format, Column(type: .dateTime), .dateTime(.zero))
    #expect(
      message { try zero.decode(Date.self, timeZone: tokyo) }
        == "cannot decode column 'c' (index 0, DATETIME, row 0) as Date: clocks in Asia/Tokyo never show it"
    )
    #expect(
      message { try makeCell(format, .int(), .integer(1)).decode(Date.self, timeZone: .gmt) }
        == "cannot decode column 'c' (index 0, INT, row 0) as Date: decode it as Int64")
  }
}
