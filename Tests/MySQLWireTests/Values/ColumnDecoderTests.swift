import MySQLWire
import Testing

@Suite(.busy) struct ColumnDecoderTests {
  @Test(
    arguments: [
      (.tiny, [], "-128", [0x80], .integer(-128)),
      (.tiny, .unsigned, "255", [0xFF], .unsigned(255)),
      (.short, [], "-2", [0xFE, 0xFF], .integer(-2)),
      (.int24, [], "-8388608", [0x00, 0x00, 0x80, 0xFF], .integer(-8_388_608)),
      (.int24, .unsigned, "16777215", [0xFF, 0xFF, 0xFF, 0x00], .unsigned(16_777_215)),
      (.long, [.unsigned, .zerofill], "0000000007", [7, 0, 0, 0], .unsigned(7)),
      (.longLong, .unsigned, "18446744073709551615", Array(repeating: 0xFF, count: 8), .unsigned(.max)),
      (.longLong, [], "-9223372036854775808", [0, 0, 0, 0, 0, 0, 0, 0x80], .integer(.min)),
      (.year, [.unsigned, .zerofill], "2155", [0x6B, 0x08], .unsigned(2155)),
      (.year, [], "0000", [0, 0], .unsigned(0)),
      (.float, [], "-1.5", [0x00, 0x00, 0xC0, 0xBF], .float(-1.5)),
      (.double, [], "1e100", [0x7D, 0xC3, 0x94, 0x25, 0xAD, 0x49, 0xB2, 0x54], .double(1e100)),
      (
        .newDate, [], "2024-02-31", [0xE8, 0x07, 2, 31],
        CivilDate(year: 2024, month: 2, day: 31).map(Value.date)
      ),
    ] as [(ColumnType, ColumnFlags, String, [UInt8], Value?)])
  func readsTheSameValueByTextAndByBinary(
    type: ColumnType, flags: ColumnFlags, text: String, binary: [UInt8], value: Value?
  ) throws {
    #expect(try ColumnDecoder(type, .text, flags: flags, collation: .binary).value(text) == value)
    #expect(try ColumnDecoder(type, .binary, flags: flags, collation: .binary).value(binary) == value)
  }

  @Test(arguments: [Format.text, .binary])
  func readsCellsThatAreTheSameInBothProtocols(format: Format) throws {
    #expect(try ColumnDecoder(.bit, format).value([0x01, 0x00]) == .bits(256))
    #expect(try ColumnDecoder(.bit, format).value(Array(repeating: 0xFF, count: 8)) == .bits(.max))
    #expect(try ColumnDecoder(.vector, format).value([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]) == .vector([1, -2]))
    #expect(try ColumnDecoder(.geometry, format).value([0, 0xFF]) == .bytes([0, 0xFF]))
    let decimal = try ColumnDecoder(.decimal, format).value("-1.50")
    #expect(decimal == .decimal(try Decimal(text: Array("-1.5".utf8).span.bytes)))
    #expect(try ColumnDecoder(.oldDecimal, format).value("-1.50") == decimal)
  }

  @Test(
    arguments: [
      .varchar, .varString, .string, .tinyBlob, .blob, .mediumBlob, .longBlob, .enumeration, .set,
      ColumnType(rawValue: 200),
    ] as [ColumnType])
  func tellsBytesFromTextByTheCharacterSetAlone(type: ColumnType) throws {
    for format in [Format.text, .binary] {
      for flags in [[], ColumnFlags.binary, [.blob, .binary]] as [ColumnFlags] {
        let text = ColumnDecoder(type, format, flags: flags, collation: Collation(rawValue: 46))
        let bytes = ColumnDecoder(type, format, flags: flags, collation: .binary)
        #expect(try text.value("né") == .text("né"))
        #expect(try bytes.value("né") == .bytes(Array("né".utf8)))
      }
    }
  }

  @Test func readsJSONAsTextThoughItsCharacterSetIsBinary() throws {
    let decoder = ColumnDecoder(.json, .binary, flags: [.blob, .binary], collation: .binary)
    #expect(try decoder.value(#"{"é": 1}"#) == .text(#"{"é": 1}"#))
  }

  @Test func repairsTextThatIsNotUTF8AndKeepsItsBytes() throws {
    let cell: [UInt8] = [0x61, 0xFF, 0x62]
    let decoder = ColumnDecoder(.varString, .text)
    #expect(try decoder.value(cell) == .text("a\u{FFFD}b"))
    #expect(try decoder.bytes(cell.span.bytes) == cell)
  }

  @Test(
    arguments: [
      ("9223372036854775808", .longLong, []), ("-9223372036854775809", .longLong, []),
      ("18446744073709551616", .longLong, .unsigned), ("-1", .tiny, .unsigned), ("", .long, []),
      ("-", .long, []), ("1.5", .long, []), ("1 ", .long, []), ("+1", .long, []), ("--1", .long, []),
      ("12345678a", .longLong, []), ("99999999999999999999", .longLong, .unsigned),
    ] as [(String, ColumnType, ColumnFlags)])
  func refusesTextThatIsNotAnIntegerOfTheColumn(text: String, type: ColumnType, flags: ColumnFlags) {
    let decoder = ColumnDecoder(type, .text, flags: flags)
    #expect(throws: Violation.malformed(.integer)) { try decoder.value(text) }
  }

  @Test func readsIntegersPaddedWithAnyCountOfZeros() throws {
    let padding = String(repeating: "0", count: 255)
    #expect(
      try ColumnDecoder(.longLong, .text, flags: .unsigned).value(padding + "18446744073709551615")
        == .unsigned(.max))
    #expect(
      try ColumnDecoder(.longLong, .text).value("-" + padding + "9223372036854775808")
        == .integer(.min))
  }

  @Test func typedReadsConvertOnlyWithoutLoss() throws {
    let unsigned = ColumnDecoder(.longLong, .binary, flags: .unsigned)
    let full = [UInt8](repeating: 0xFF, count: 8)
    #expect(try unsigned.uint64(full.span.bytes) == .max)
    #expect(try unsigned.int64(full.span.bytes) == nil)
    #expect(try unsigned.decimal(full.span.bytes) == Decimal(UInt64.max))
    let signed = ColumnDecoder(.longLong, .binary)
    #expect(try signed.int64(full.span.bytes) == -1)
    #expect(try signed.uint64(full.span.bytes) == nil)
    let bit = ColumnDecoder(.bit, .text)
    #expect(try bit.uint64(full.span.bytes) == .max)
    #expect(try bit.int64(full.span.bytes) == nil)
    let half: [UInt8] = [0, 0, 0, 0x3F]
    #expect(try ColumnDecoder(.float, .binary).double(half.span.bytes) == 0.5)
    #expect(try ColumnDecoder(.double, .binary).float(full.span.bytes) == nil)
    #expect(try ColumnDecoder(.varString, .text).int64(Array("1".utf8).span.bytes) == nil)
    #expect(try ColumnDecoder(.long, .text).string(Array("1".utf8).span.bytes) == nil)
    #expect(try ColumnDecoder(.long, .text).bytes(Array("1".utf8).span.bytes) == nil)
  }
}
