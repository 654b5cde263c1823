import MySQLWire
import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct SQLLiterals {
    private func column(
      _ type: ColumnType, _ collation: Collation = .binary, extendedType: String = ""
    ) -> ColumnDefinition {
      var column = ColumnDefinition(
        name: "c", collation: collation, length: 0, type: type, flags: [], decimals: 0)
      column.extendedType = extendedType
      return column
    }

    private func written(_ bytes: [UInt8], as literal: SQLLiteral) -> String {
      var buffer = Array("<".utf8)
      bytes.withUnsafeBufferPointer { literal.append($0, to: &buffer) }
      return String(decoding: buffer, as: UTF8.self)
    }

    private func written(_ text: String, as literal: SQLLiteral) -> String {
      written(Array(text.utf8), as: literal)
    }

    private static let utf8mb4 = Collation(rawValue: 45)

    @Test func theTypeDecidesTheLiteral() {
      for type in [ColumnType.tiny, .short, .int24, .long, .longLong, .year, .decimal] {
        #expect(SQLLiteral(for: column(type)) == .number)
      }
      for type in [ColumnType.float, .double] { #expect(SQLLiteral(for: column(type)) == .floatingPoint) }
      for type in [ColumnType.date, .time, .dateTime, .timestamp] {
        #expect(SQLLiteral(for: column(type)) == .plain)
      }
      for type in [ColumnType.bit, .geometry, .vector, .blob, .string, .varString] {
        #expect(SQLLiteral(for: column(type)) == .bytes)
      }
      for type in [ColumnType.blob, .string, .varString] {
        #expect(SQLLiteral(for: column(type, Self.utf8mb4)) == .text)
      }
    }

    /// JSON is sent with the character set of bytes, but a server takes no bytes for it.
    @Test func jsonIsText() { #expect(SQLLiteral(for: column(.json)) == .text) }

    @Test func whatMariaDBSendsAsTextIsNotBytes() {
      for name in ["uuid", "inet4", "inet6"] {
        #expect(SQLLiteral(for: column(.string, extendedType: name)) == .plain)
      }
    }

    @Test func numbersStayAsTheyAre() {
      #expect(written("-00012.50", as: .number) == "<-00012.50")
      #expect(written("1.5e300", as: .floatingPoint) == "<1.5e300")
    }

    @Test func zeroKeepsItsSignOnlyAsAFloatingPointNumber() {
      #expect(written("-0", as: .floatingPoint) == "<-0e0")
      #expect(written("0", as: .floatingPoint) == "<0")
      #expect(written("-0.5", as: .floatingPoint) == "<-0.5")
    }

    @Test func textEscapesWhatIsSpecialAndNothingElse() {
      #expect(written("", as: .text) == "<''")
      #expect(written("plain é🙂 \"text\" 100%_", as: .text) == "<'plain é🙂 \"text\" 100%_'")
      #expect(written("it's", as: .text) == #"<'it\'s'"#)
      #expect(written("\\\n\r\0\u{1A}\t", as: .text) == "<'\\\\\\n\\r\\0\\Z\t'")
      #expect(written("'a'", as: .text) == #"<'\'a\''"#)
    }

    @Test func bytesAreHexadecimalWhateverTheyAre() {
      #expect(written([], as: .bytes) == "<''")
      #expect(written([0, 0x27, 0x5C, 0xFF, 0x9A], as: .bytes) == "<0x00275CFF9A")
      let all = (0...255).map { UInt8($0) }
      let text = written(all, as: .bytes).dropFirst(3)
      let read = stride(from: 0, to: 512, by: 2).map { place -> UInt8? in
        let start = text.index(text.startIndex, offsetBy: place)
        return UInt8(text[start..<text.index(start, offsetBy: 2)], radix: 16)
      }
      #expect(read == all)
    }

    @Test func textOfOtherCharacterSetsKeepsItsBytes() {
      #expect(written([0x83, 0x5C], as: .encoded("sjis")) == "<_sjis 0x835C")
      #expect(written([], as: .encoded("greek")) == "<_greek ''")
    }

    @Test func noLiteralIsLongerThanExpected() {
      for literal in [SQLLiteral.number, .floatingPoint, .plain, .text, .bytes, .encoded("macroman")] {
        for size in [0, 1, 2, 50] {
          let longest = written(Array(repeating: UInt8(ascii: "'"), count: size), as: literal).utf8.count - 1
          #expect(longest <= SQLLiteral.longest(for: size))
        }
      }
    }
  }
}
