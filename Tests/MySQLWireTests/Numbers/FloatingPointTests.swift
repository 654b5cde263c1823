import Foundation
import MySQLTesting
import MySQLWire
import Testing

@Suite(.busy) struct FloatingPointTests {
  private let double = ColumnDecoder(.double, .text)
  private let float = ColumnDecoder(.float, .text)

  // The standard library's result is the reference: strtod is exact.
  @Test(arguments: [
    "0", "-0", "0.1", "1e308", "1E308", "1e+20", "1e-5", "-1.5", "0.000001", "000000000000000001e100",
    "9007199254740993", "9007199254740993.0", "9007199254740993.00000000000000000001",
    "9007199254740992.99999999999999999999", "900719925474099300000e-5", "9007199254740995",
    "2.2250738585072011e-308", "2.2250738585072014e-308", "1.7976931348623157e308",
    "1.7976931348623158e308", "4.9406564584124654e-324", "4.9e-324", "8.5e-324", "2.5e-324", "2.4e-324",
    "1e-400", "0e99999", "0.0e-99999", "123456789012345678901234567890e-10",
    "18446744073709551615", "18446744073709551616", "9999999999999999999", "99999999999999999999",
    "0.00012345678901234567", "1234567890123456.5", "4503599627370496.5", "4503599627370497.5",
    "1448997445238699", "7.2057594037927933e16", "5e-20", "6.0221407599999999e23", "1e22", "1e23", "1e-22",
    "1e-23", "8.98846567431158e307", "1.00000000000000011102230246251565404236316680908203125",
    "1.00000000000000011102230246251565404236316680908203124",
    "1.00000000000000011102230246251565404236316680908203126", "3.4028235677973366e38",
    "3.4028235677973362e38",
  ])
  func roundsToTheNearestDouble(text: String) throws {
    let expected = try #require(Double(text))
    #expect(try bits(double.value(text)) == expected.bitPattern)
  }

  @Test(arguments: [
    "0", "-0", "16777217", "16777217.0", "16777217.0000001", "16777219", "1.17549435e-38", "1.17549421e-38",
    "1.4e-45", "7e-46", "7.1e-46", "3.4028235e38", "3.40282e38", "3.4028235677973362e38", "1e-50", "0.1",
    // Its nearest Double lies halfway between two Floats, and rounds to the wrong one.
    "1.000000178813934326171874999999", "1.00000017881393432617187499", "1.00000017881393432617187501",
    "8.5899348e9", "1.1754943e-38", "33554435", "7.038531e-26",
  ])
  func roundsToTheNearestFloatAndOnlyOnce(text: String) throws {
    let expected = try #require(Float(text))
    #expect(try bits(float.value(text)) == UInt64(expected.bitPattern))
  }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1e+", "1e-", "1e+-5", "+1", "inf", "-inf", "nan", "NaN", "infinity", "0x1p3",
    "1e309", "1.7976931348623159e308", "-1e99999", " 1", "1 ", "1.2.3", "1e5.5", "1_000", "1f", "--1",
    String(repeating: "9", count: 400),
  ])
  func refusesTextThatIsNotAFiniteNumber(text: String) {
    #expect(throws: Violation.malformed(.double)) { try double.value(text) }
    #expect(throws: Violation.malformed(.float)) { try float.value(text) }
  }

  // What SELECT SUM(d) returns if d is 1.7976931348623157e308 twice: MySQL 9.7.4 and MariaDB 10.11.19.
  @Test func readsTheInfinityOfASumThatOverflows() throws {
    let cell: [UInt8] = [0, 0, 0, 0, 0, 0, 0xF0, 0x7F]
    #expect(try ColumnDecoder(.double, .binary).value(cell) == .double(.infinity))
  }

  @Test func refusesTextBeyondTheLargestFloat() {
    #expect(throws: Violation.malformed(.float)) { try float.value("3.5e38") }
  }

  @Test func readsBackEveryDoubleThatIsPrinted() throws {
    var generator = SeededGenerator()
    for _ in 0..<200_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      for text in [value.description, String(format: "%.17g", value)] {
        let read = try bits(double.value(text))
        if read != value.bitPattern { Issue.record("\(text) is read wrong, seed \(generator.seed)") }
      }
    }
  }

  @Test func readsBackEveryFloatThatIsPrinted() throws {
    var generator = SeededGenerator()
    for _ in 0..<200_000 {
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
      guard value.isFinite else { continue }
      for text in [value.description, String(format: "%.9g", Double(value))] {
        let read = try bits(float.value(text))
        if read != UInt64(value.bitPattern) { Issue.record("\(text) is read wrong, seed \(generator.seed)") }
      }
    }
  }

  // Digits and exponents that no printer of binary numbers would make, and the midpoints between neighbours.
  @Test func roundsRandomDigitsAsTheStandardLibraryDoes() throws {
    var generator = SeededGenerator()
    for _ in 0..<50_000 {
      let digits = String(String(generator.next()).prefix(Int.random(in: 1...20, using: &generator)))
      let exponent = Int.random(in: -345...310, using: &generator)
      let middle = (1 << 53 | generator.next() >> 11) << UInt64.random(in: 0...10, using: &generator)
      for text in ["\(digits)e\(exponent)", "\(middle)", "\(middle).0", "\(middle &+ 1)"] {
        let expected = Double(text) ?? .nan
        let read = try? bits(double.value(text))
        let isRight = expected.isFinite ? read == expected.bitPattern : read == nil
        if !isRight { Issue.record("\(text) as a Double, seed \(generator.seed)") }
      }
      let text = "\(digits)e\(Int.random(in: -65...40, using: &generator))"
      let expected = Float(text) ?? .nan
      let read = try? bits(float.value(text))
      let isRight = expected.isFinite ? read == UInt64(expected.bitPattern) : read == nil
      if !isRight { Issue.record("\(text) as a Float, seed \(generator.seed)") }
    }
  }

  private func bits(_ value: Value) throws -> UInt64 {
    switch value {
    case .double(let value): value.bitPattern
    case .float(let value): UInt64(value.bitPattern)
    default: throw Violation.malformed(.response)
    }
  }
}
