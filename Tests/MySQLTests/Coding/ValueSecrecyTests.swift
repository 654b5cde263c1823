import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// Errors end up in logs, and a row may hold secrets: no error of decoding quotes the value that it is about.
@Suite(.busy) struct ValueSecrecyTests {
  private enum Size: String, Decodable { case small }
  private enum Level: Int, Decodable { case low }

  /// A cell whose value contains 7391, and what cannot be read from it.
  private struct Case {
    let column: Column
    let value: Value
    let decode: (MySQLCell) throws -> Any
  }

  private static let berlin = TimeZone(identifier: "Europe/Berlin")

  private static func cases() throws -> [Case] {
    let (big, text) = (Column(type: .longLong), Column.text())
    let unsigned = Column(type: .longLong, flags: .unsigned)
    let json = Column(name: "c", type: .json, collation: .utf8mb4)
    let berlin = try #require(berlin)
    return [
      Case(column: big, value: .integer(7_391_305_582)) { try $0.decode(Int32.self) },
      Case(column: big, value: .integer(-7_391_305_582)) { try $0.decode(UInt64.self) },
      Case(column: big, value: .integer(7_391_305_582_000_000_001)) { try $0.decode(Double.self) },
      Case(column: unsigned, value: .unsigned(17_391_305_582_000_000_001)) { try $0.decode(Int.self) },
      Case(column: Column(type: .bit), value: .bits(7391)) { try $0.decode(UInt8.self) },
      Case(column: Column(type: .decimal), value: try decimal("7391.25")) { try $0.decode(Int.self) },
      Case(column: Column(type: .decimal), value: try decimal(String(repeating: "7391", count: 16))) {
        try $0.decode(Foundation.Decimal.self)
      },
      Case(column: Column(type: .dateTime), value: dateTime(date(7391, 2, 31), 1, 2, 3)) {
        try $0.decode(Date.self, timeZone: berlin)
      },
      Case(column: big, value: .integer(7391)) { try $0.decode(MySQLDate.self) },
      Case(column: text, value: .text("card 7391")) { try $0.decode(Int.self) },
      Case(column: text, value: .text("card 7391")) { try $0.decode(UUID.self) },
      Case(column: text, value: .text("card 7391")) { try $0.decode(Size.self, MySQLRowDecoder()) },
      Case(column: big, value: .integer(7391)) { try $0.decode(Level.self, MySQLRowDecoder()) },
      Case(column: json, value: .text("{card 7391")) { try $0.decode(MySQLJSON<[Int]>.self) },
      Case(column: json, value: .text(#"["7391"]"#)) { try $0.decode(MySQLJSON<[Int]>.self) },
      Case(column: json, value: .text("[7391]")) { try $0.decode(MySQLJSON<[UInt8]>.self) },
      Case(column: json, value: .text("[7391]")) { try $0.decode(MySQLJSON<[Level]>.self) },
      Case(column: json, value: .text(#"["card 7391"]"#)) { try $0.decode(MySQLJSON<[Size]>.self) },
      Case(column: json, value: .text(#"["card 7391"]"#)) { try $0.decode(MySQLJSON<[UUID]>.self) },
    ]
  }

  @Test(arguments: formats) func noErrorOfDecodingQuotesTheValue(format: Format) throws {
    for each in try Self.cases() {
      let cell = try makeCell(format, each.column, each.value)
      let error = #expect(throws: MySQLError.self) { try each.decode(cell) }
      let text = "\(error.map { "\($0) \(String(reflecting: $0)) \($0.message)" } ?? "")"
      #expect(text.hasPrefix("cannot decode column 'c' "), "\(text)")
      #expect(!text.contains("7391") && !text.contains("card"), "\(text)")
    }
  }

  @Test func anErrorStillSaysWhatIsWrongWithJSON() throws {
    let json = Column(name: "c", type: .json, collation: .utf8mb4)
    func reason(_ text: String) throws -> String {
      let cell = try makeCell(.text, json, .text(text))
      return message { try cell.decode(MySQLJSON<[Size]>.self) }
    }
    #expect(try reason("{").hasSuffix(": it is not valid JSON"))
    #expect(try reason(#"["small", "vast"]"#).contains(": the value is not valid, at "))
    #expect(try reason("[1]").contains(": the value is not of type String, at "))
  }
}
