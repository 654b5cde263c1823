import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// Cells as text, and text as what it stands for.
@Suite(.busy) struct TextReadingTests {
  @Test(arguments: [
    (Column(type: .long, flags: [.unsigned, .zerofill], length: 5), Value.unsigned(42), "00042"),
    (Column(type: .year, flags: [.unsigned, .zerofill], length: 4), .unsigned(0), "0000"),
    (Column(type: .longLong), .integer(.min), "-9223372036854775808"),
    (Column(type: .double, decimals: 31), .double(1e100), "1e100"),
    (Column(type: .double, decimals: 31), .double(3), "3"),
    (Column(type: .date), .date(.zero), "0000-00-00"),
    (
      Column(type: .time, decimals: 3), .time(CivilTime(hours: 1, minutes: 2, seconds: 3) ?? .zero),
      "01:02:03.000"
    ),
    (Column(type: .dateTime), dateTime(date(2026, 2, 0), 23, 0, 1), "2026-02-00 23:00:01"),
    (Column(type: .dateTime, decimals: 6), dateTime(.zero, 0, 0, 0, 1), "0000-00-00 00:00:00.000001"),
  ])
  func stringsShowWhatTheTextProtocolShows(column: Column, value: Value, text: String) throws {
    for format in formats {
      #expect(try makeCell(format, column, value).decode(String.self) == text)
    }
  }

  @Test(arguments: formats) func textIsReadWholeAndRepairedIfItIsNotUTF8(format: Format) throws {
    let text = "\0 naïve 𝄞 " + String(repeating: "x", count: 70_000)
    #expect(try makeCell(format, .text(), .text(text)).decode(String.self) == text)
    let broken = try makeCell(format, .text(), .bytes([0x61, 0xFF]))
    #expect(try broken.decode(String.self) == "a\u{FFFD}")
    #expect(try broken.decode([UInt8].self) == [0x61, 0xFF])
    #expect(throws: MySQLError.self) {
      try makeCell(format, Column(type: .blob), .bytes([0x61, 0xFF])).decode(String.self)
    }
  }

  @Test(arguments: formats) func identifiersAreReadFromBytesAndFromText(format: Format) throws {
    let uuid = try #require(UUID(uuidString: "550E8400-E29B-41D4-A716-446655440000"))
    let bytes = withUnsafeBytes(of: uuid.uuid) { Array($0) }
    #expect(try makeCell(format, Column(type: .string), .bytes(bytes)).decode(UUID.self) == uuid)
    #expect(try makeCell(format, .text(), .text(uuid.uuidString.lowercased())).decode(UUID.self) == uuid)
    #expect(
      message { try makeCell(format, .text(), .text("secret")).decode(UUID.self) }
        == "cannot decode column 'c' (index 0, VARCHAR, row 0) as UUID: the text is not a UUID")
  }
}
