import Foundation
import Testing

@testable import MySQL

@Suite(.busy) struct MySQLDecimalTests {
  @Test func decimalsConvertOnlyWhereNothingIsLost() throws {
    let number = try #require(MySQLDecimal("-12.50"))
    #expect(number == MySQLDecimal("-12.5"))
    #expect(number.hashValue == MySQLDecimal("-12.5")?.hashValue)
    #expect("\(number)" == "-12.50" && number.scale == 2)
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
    #expect(MySQLDecimal("-0.00")?.isZero == true && MySQLDecimal.zero.isZero && !number.isZero)
    for text in ["", "1e5", "+1", ".", "1,5", "nan"] { #expect(MySQLDecimal(text) == nil) }
  }
}
