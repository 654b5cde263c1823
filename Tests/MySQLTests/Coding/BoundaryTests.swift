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
          == "cannot decode column 'c' (index 0, BIGINT, row 0) as \(type): the number does not fit: decode it as Int64"
      )
      if I.max < Int64.max {
        #expect(
          message { try makeCell(format, column, .integer(high + 1)).decode(type) }
            == "cannot decode column 'c' (index 0, BIGINT, row 0) as \(type): the number does not fit: decode it as Int64"
        )
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
        .hasSuffix(" as Int: the number does not fit: decode it as MySQLDecimal"))
    #expect(throws: MySQLError.self) { try makeCell(format, column, decimal("7.0")).decode(Int.self) }
  }

  @Test(arguments: formats) func doublesHoldOnlyIntegersThatTheyRepresentExactly(format: Format) throws {
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
        == "cannot decode column 'c' (index 0, DECIMAL, row 0) as \(Foundation.Decimal.self): "
        + "the number does not fit: decode it as MySQLDecimal")
    #expect(try makeCell(format, column, decimal(long)).decode(MySQLDecimal.self).description == long)
  }

  @Test(arguments: formats) func cellsThatBreakTheProtocolThrowAndNeverTrap(format: Format) throws {
    for type in [ColumnType.decimal, .bit, .vector] {
      let cell = try makeCell(format, Column(type: type), .bytes(Array(repeating: 0x80, count: 9)))
      #expect(
        message { try cell.value }.hasSuffix(
          "as MySQLValue: the server sent 9 bytes that are not a valid \(cell.column.typeName)"))
    }
  }
}
