import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// What just fits, and what just does not.
@Suite(.busy) struct BoundaryTests {
  @Test(arguments: formats) func integersAreCheckedAgainstTheRangeOfTheirType(format: Format) throws {
    func check<I: FixedWidthInteger & MySQLDecodable>(_ type: I.Type) throws {
      let (low, high) = (Int64(I.min), Int64(clamping: I.max))
      let column = Column(type: .longLong)
      #expect(try makeCell(format, column, .integer(low)).decode(type) == I.min)
      #expect(try makeCell(format, column, .integer(high)).decode(type) == I(clamping: high))
      let below = low - 1
      #expect(
        message { try makeCell(format, column, .integer(below)).decode(type) }
          == "cannot decode column 'c' (index 0, BIGINT, row 0) as \(type): \(below) does not fit")
      if I.max < Int64.max {
        #expect(
          message { try makeCell(format, column, .integer(high + 1)).decode(type) }
            == "cannot decode column 'c' (index 0, BIGINT, row 0) as \(type): \(high + 1) does not fit")
      }
    }
    try check(Int8.self)
    try check(Int16.self)
    try check(Int32.self)
    try check(UInt8.self)
    try check(UInt16.self)
    try check(UInt32.self)
    try check(UInt64.self)
    try check(UInt.self)
  }

  @Test(arguments: formats) func sixtyFourBitsAreExactInBothSigns(format: Format) throws {
    let unsigned = Column(type: .longLong, flags: .unsigned)
    #expect(try makeCell(format, unsigned, .unsigned(.max)).decode(UInt64.self) == .max)
    #expect(try makeCell(format, unsigned, .unsigned(.max)).decode(UInt.self) == .max)
    #expect(try makeCell(format, unsigned, .unsigned(1 << 63 - 1)).decode(Int.self) == .max)
    #expect(throws: MySQLError.self) { try makeCell(format, unsigned, .unsigned(1 << 63)).decode(Int.self) }
    #expect(try makeCell(format, Column(type: .longLong), .integer(.min)).decode(Int.self) == .min)
    #expect(try makeCell(format, Column(type: .bit), .bits(.max)).decode(UInt64.self) == .max)
    #expect(throws: MySQLError.self) {
      try makeCell(format, Column(type: .bit), .bits(.max)).decode(Int64.self)
    }
  }

  @Test(arguments: formats) func sumsAreIntegersIfTheyHaveNoDigitsAfterThePoint(format: Format) throws {
    let column = Column(type: .decimal)
    #expect(try makeCell(format, column, decimal("-9223372036854775808")).decode(Int.self) == .min)
    #expect(try makeCell(format, column, decimal("18446744073709551615")).decode(UInt64.self) == .max)
    #expect(
      message { try makeCell(format, column, decimal("9223372036854775808")).decode(Int.self) }
        .hasSuffix("9223372036854775808 does not fit"))
    #expect(throws: MySQLError.self) { try makeCell(format, column, decimal("7.0")).decode(Int.self) }
  }

  @Test(arguments: formats) func doublesHoldIntegersOnlyIfTheyAreTheVeryNumber(format: Format) throws {
    let column = Column(type: .longLong)
    #expect(try makeCell(format, column, .integer(1 << 53)).decode(Double.self) == 9_007_199_254_740_992)
    #expect(throws: MySQLError.self) {
      try makeCell(format, column, .integer(1 << 53 + 1)).decode(Double.self)
    }
    #expect(try makeCell(format, Column(type: .decimal), decimal("0.1")).decode(Double.self) == 0.1)
  }

  @Test(arguments: formats) func truthIsWhatIsNotZero(format: Format) throws {
    for (value, truth) in [(0, false), (1, true), (2, true), (-1, true)] {
      #expect(try makeCell(format, Column(type: .tiny), .integer(Int64(value))).decode(Bool.self) == truth)
    }
    #expect(try makeCell(format, Column(type: .bit), .bits(0)).decode(Bool.self) == false)
    #expect(
      try makeCell(format, Column(type: .longLong, flags: .unsigned), .unsigned(.max)).decode(Bool.self))
  }

  @Test(arguments: formats) func foundationDecimalsRefuseWhatTheyWouldRound(format: Format) throws {
    let column = Column(type: .decimal)
    let fits = String(repeating: "9", count: 30) + "." + String(repeating: "9", count: 8)
    #expect(try makeCell(format, column, decimal(fits)).decode(Foundation.Decimal.self).description == fits)
    let long = String(repeating: "9", count: 65)
    #expect(
      message { try makeCell(format, column, decimal(long)).decode(Foundation.Decimal.self) }
        == "cannot decode column 'c' (index 0, DECIMAL, row 0) as \(Foundation.Decimal.self): \(long) does not fit"
    )
    #expect(try makeCell(format, column, decimal(long)).decode(MySQLDecimal.self).description == long)
  }

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
        == "cannot decode column 'c' (index 0, VARCHAR, row 0) as UUID: the text is no UUID")
  }

  @Test(arguments: formats) func cellsThatBreakTheProtocolThrowAndNeverTrap(format: Format) throws {
    for type in [ColumnType.decimal, .bit, .vector] {
      let cell = try makeCell(format, Column(type: type), .bytes(Array(repeating: 0x80, count: 9)))
      #expect(
        message { try cell.value }.hasSuffix(
          "as MySQLValue: the server sent 9 bytes that are no \(cell.column.typeName)"))
    }
  }
}
