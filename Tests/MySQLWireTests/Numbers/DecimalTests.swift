import MySQLTesting
import MySQLWire
import Testing

@Suite(.busy) struct DecimalTests {
  @Test(arguments: [
    "0", "-1", "0.00", "-0.00", "1.50", "0.000000000000000000000000000001", "18446744073709551616",
    "9999999999999999999", "10000000000000000000", "-9999999999999999999.9",
    "99999999999999999999999999999999999.999999999999999999999999999999",
    "-99999999999999999999999999999999999999999999999999999999999999999",
    "999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
  ])
  func printsExactlyTheDigitsThatWereRead(text: String) throws {
    #expect(try decimal(text).description == text)
  }

  @Test(arguments: [("0001.50", "1.50"), ("-00", "-0"), (".5", "0.5"), ("5.", "5")])
  func dropsPaddingAndFillsInTheDigitBeforeThePoint(text: String, printed: String) throws {
    #expect(try decimal(text).description == printed)
    let padding = String(repeating: "0", count: 100)
    #expect(try decimal(padding + "1.5").description == "1.5")
  }

  @Test(arguments: [
    "", "-", ".", "-.", "+1", "1e5", "1.2.3", " 1", "1 ", "--1", "0x1", "1,5", "NULL", "nan", "1-",
    "2135987035920910082395021706169552114602704522356652769947041607822219725780640550022962086936576",
    "0." + String(repeating: "0", count: 256),
  ])
  func refusesTextThatIsNotADecimal(text: String) {
    #expect(throws: Violation.malformed(.decimal)) { try decimal(text) }
  }

  @Test func ordersByNumberWhateverTheScale() throws {
    let ascending = [
      "-999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
      "-18446744073709551616", "-1.01", "-1", "-0.1", "0", "0.000000000000000000000000000001", "0.1", "1",
      "1.01", "9.9", "10", "18446744073709551615", "18446744073709551616",
      "999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
    ]
    for (leftIndex, left) in ascending.enumerated() {
      for (rightIndex, right) in ascending.enumerated() {
        let longer = left.contains(".") ? left + "000" : left + ".000"
        #expect(try (decimal(left) < decimal(right)) == (leftIndex < rightIndex), "\(left) < \(right)")
        #expect(try (decimal(left) == decimal(right)) == (leftIndex == rightIndex), "\(left) == \(right)")
        guard longer.utf8.count < 70 else { continue }
        #expect(try (decimal(longer) < decimal(right)) == (leftIndex < rightIndex), "\(longer) < \(right)")
      }
    }
  }

  @Test(arguments: [
    ("1.0", "1.00"), ("0", "-0.00"), ("100", "100.000"), ("-2.5", "-2.50"),
    ("18446744073709551616", "18446744073709551616.0000"),
  ])
  func equalNumbersHashEqually(left: String, right: String) throws {
    #expect(try decimal(left) == decimal(right))
    #expect(try decimal(left).hashValue == decimal(right).hashValue)
  }

  @Test func convertsToIntegersOnlyWithoutLoss() throws {
    #expect(try Int64(exactly: decimal("-9223372036854775808.000")) == .min)
    #expect(try Int64(exactly: decimal("9223372036854775807")) == .max)
    #expect(try UInt64(exactly: decimal("18446744073709551615.0")) == .max)
    #expect(try Int64(exactly: decimal("-0.0")) == 0)
    #expect(try UInt64(exactly: decimal("-0.0")) == 0)
    for text in ["9223372036854775808", "-9223372036854775809", "1.5", "18446744073709551616"] {
      #expect(try Int64(exactly: decimal(text)) == nil)
    }
    for text in ["-1", "0.1", "18446744073709551616"] {
      #expect(try UInt64(exactly: decimal(text)) == nil)
    }
    #expect(Decimal(Int64.min).description == "-9223372036854775808")
    #expect(Decimal(UInt64.max).description == "18446744073709551615")
  }

  @Test func convertsToTheNearestDouble() throws {
    #expect(try Double(decimal("0.1")) == 0.1)
    #expect(try Double(decimal("-9007199254740993")) == -9_007_199_254_740_992)
    #expect(try Double(decimal("9007199254740993.000000000000000000000001")) == 9_007_199_254_740_994)
    #expect(try Double(decimal("99999999999999999999999999999999999999999999999999")) == 1e50)
  }

  @Test func takesTheShortestDigitsOfADouble() {
    #expect(Decimal(shortest: 0.1)?.description == "0.1")
    #expect(Decimal(shortest: -1e22)?.description == "-10000000000000000000000")
    #expect(Decimal(shortest: 5.0)?.description == "5")
    #expect(Decimal(shortest: 1.5e-10)?.description == "0.00000000015")
    for value in [Double.infinity, .nan, 1e97, 1e-300] {
      #expect(Decimal(shortest: value) == nil)
    }
  }

  @Test func agreesWithIntegersOnRandomNumbers() throws {
    var generator = SeededGenerator()
    for _ in 0..<5000 {
      let left = Int64.random(in: -1_000_000...1_000_000, using: &generator)
      let right = Int64.random(in: -1_000_000...1_000_000, using: &generator)
      #expect((Decimal(left) < Decimal(right)) == (left < right), "seed \(generator.seed)")
      let scaled = try decimal("\(left).000")
      #expect(scaled == Decimal(left) && Int64(exactly: scaled) == left, "seed \(generator.seed)")
    }
  }

  private func decimal(_ text: String) throws(Violation) -> Decimal {
    let cell = Array(text.utf8)
    return try Decimal(text: cell.span.bytes)
  }
}
