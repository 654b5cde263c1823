import Foundation
import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct EncodingTests {
  private enum Size: String, MySQLCodable { case small, large }

  private struct Celsius: MySQLEncodable {
    var degrees: Double
    func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) { try degrees.encode(to: &writer) }
  }

  /// A value that encodes as `count` values.
  private struct Several: MySQLEncodable {
    var count: Int
    func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
      for _ in 0..<count { writer.writeNull() }
    }
  }

  private func encoded(_ value: any MySQLEncodable) throws -> Value {
    try #require(try MySQLQuery(unsafe: "?", values: [value]).values.first)
  }

  @Test func integersKeepTheirValueAndSign() throws {
    #expect(try encoded(Int.min) == .integer(.min))
    #expect(try encoded(Int8(-1)) == .integer(-1))
    #expect(try encoded(Int16.max) == .integer(32767))
    #expect(try encoded(Int32.min) == .integer(-2_147_483_648))
    #expect(try encoded(Int64.max) == .integer(.max))
    #expect(try encoded(UInt.max) == .unsigned(.max))
    #expect(try encoded(UInt8(255)) == .unsigned(255))
    #expect(try encoded(UInt16(0)) == .unsigned(0))
    #expect(try encoded(UInt32.max) == .unsigned(4_294_967_295))
    #expect(try encoded(UInt64(1) << 63) == .unsigned(1 << 63))
    #expect(try encoded(true) == .integer(1))
  }

  @Test func floatingPointNumbersKeepTheirBits() throws {
    #expect(try encoded(0.1) == .double(0.1))
    #expect(try encoded(Float(0.1)) == .float(0.1))
    #expect(try encoded(Double.leastNonzeroMagnitude) == .double(.leastNonzeroMagnitude))
    for value in [Double.nan, .infinity, -.infinity] {
      #expect(throws: MySQLError.self) { try encoded(value) }
      #expect(throws: MySQLError.self) { try encoded(Float(value)) }
      #expect(throws: MySQLError.self) { try encoded(MySQLValue.double(value)) }
    }
  }

  @Test func decimalsKeepAllDigits() throws {
    let text = "-12345678901234567890123456789012345.678901234567890123456789012345"
    let decimal = try #require(MySQLDecimal(text))
    #expect(try encoded(decimal) == .decimal(decimal.storage))
    let (foundation, own) = (Foundation.Decimal(string: "1.50"), MySQLDecimal("1.5"))
    #expect(try encoded(foundation) == encoded(own))
    #expect(throws: MySQLError.self) { try encoded(Foundation.Decimal.nan) }
  }

  @Test func textAndBytesKeepTheirContent() throws {
    #expect(try encoded("né\0") == .text("né\0"))
    #expect(try encoded("abc".dropFirst()) == .text("bc"))
    #expect(try encoded(URL(string: "https://example.org/a?b")) == .text("https://example.org/a?b"))
    #expect(try encoded([UInt8]()) == .bytes([]))
    #expect(try encoded(Data([1, 2])) == .bytes([1, 2]))
    #expect(try encoded([Float(1)]) == .bytes([0, 0, 0x80, 0x3F]))
    #expect(try encoded(Size.large) == .text("large"))
    #expect(try encoded(MySQLJSON(["a": 1])) == .text(#"{"a":1}"#))
  }

  @Test func aUUIDIsBytesOrText() throws {
    let uuid = try #require(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
    #expect(try encoded(uuid) == .bytes((0..<16).map { UInt8($0 * 0x11) }))
    #expect(try encoded(MySQLTextUUID(uuid)) == .text("00112233-4455-6677-8899-aabbccddeeff"))
  }

  @Test func datesAndTimesKeepTheirParts() throws {
    let date = try #require(MySQLDate("2024-02-00"))
    let time = try #require(MySQLTime("-838:59:59"))
    let dateTime = try #require(MySQLDateTime("2024-02-29 23:59:59.999999"))
    #expect(try encoded(date) == .date(date.storage))
    #expect(try encoded(time) == .time(time.storage))
    #expect(try encoded(dateTime) == .dateTime(dateTime.storage))
    #expect(try encoded(MySQLTime("838:59:58.5")) == .text("838:59:58.500000"))
  }

  @Test func everyValueOfAColumnCanBeSentBack() throws {
    let values: [MySQLValue] = [
      .null, .integer(-1), .unsigned(.max), .float(1.5), .double(-0.0), .decimal(7), .date(.zero),
      .time(.zero),
      .dateTime(.zero), .bits(5), .text("a"), .bytes([0]), .vector([1]),
    ]
    let sent = try values.map { try encoded($0) }
    #expect(
      sent == [
        .null, .integer(-1), .unsigned(.max), .float(1.5), .double(-0.0),
        .decimal(MySQLWire.Decimal(Int64(7))), .date(.zero),
        .time(.zero), .dateTime(.zero), .unsigned(5), .text("a"), .bytes([0]), .bytes([0, 0, 0x80, 0x3F]),
      ])
  }

  @Test func anOptionalIsItsValueOrNULL() throws {
    #expect(try encoded(Int?.some(1)) == .integer(1))
    #expect(try encoded(String?.none) == .null)
    #expect(try encoded(Int??.some(nil)) == .null)
  }

  @Test func aCustomTypeEncodesWhatItIsMadeOf() throws {
    #expect(try encoded(Celsius(degrees: 21.5)) == .double(21.5))
  }

  @Test func aTypeMustEncodeExactlyOneValue() {
    for count in [0, 2] {
      let error = #expect(throws: MySQLError.self) { try encoded(Several(count: count)) }
      #expect(error?.message.contains("encodes \(count) values") == true)
    }
  }
}
