import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// Rows as values of `Decodable` types.
@Suite(.busy) struct ModelDecodingTests {
  @Test(arguments: formats) func propertiesTakeTheColumnsOfTheirNames(format: Format) throws {
    let row = try makeRow(format, SampleUser.columns, SampleUser.values())
    let address = SampleUser.Address(city: "Ulm", zip: 89073)
    #expect(try row.decode(SampleUser.self) == SampleUser.ada(address: address))
    let homeless = try makeRow(format, SampleUser.columns, SampleUser.values(address: .null))
    #expect(try homeless.decode(SampleUser.self) == SampleUser.ada(address: nil))
  }

  @Test func optionalPropertiesMayHaveNoColumnAndOthersMustHaveOne() throws {
    struct Narrow: Decodable, Equatable {
      var id: Int
      var nickname: String?
    }
    let row = try makeRow(.text, [.int("id"), .text("name")], [.integer(1), .text("Ada")])
    #expect(try row.decode(Narrow.self) == Narrow(id: 1, nickname: nil))
    #expect(
      message { try row.decode(SampleUser.self) }
        == "the row has no column 'role': it has 2 columns (id, name)")
    let null = try makeRow(.text, [.int("id")], [.null], number: 5)
    #expect(
      message { try null.decode(Narrow.self) }
        == "column 'id' (index 0, INT, row 5) is NULL: decode it as Optional<Int>")
  }

  @Test func datesNeedATimeZone() throws {
    struct Event: Decodable, Equatable { var at: Date }
    let row = try makeRow(.text, [Column(name: "at", type: .dateTime)], [dateTime(date(1970, 1, 2), 0, 0, 1)])
    #expect(
      try row.decode(Event.self, using: MySQLRowDecoder(timeZone: .gmt))
        == Event(at: Date(timeIntervalSince1970: 86_401)))
    #expect(try row.decode(Date.self, using: MySQLRowDecoder(timeZone: .gmt)).timeIntervalSince1970 == 86_401)
    #expect(
      message { try row.decode(Event.self) }
        == "cannot decode column 'at' (index 0, DATETIME, row 0) as Date: "
        + "set the time zone of the MySQLRowDecoder, or use MySQLDateTime")
  }

  @Test func errorsOfTheTypeItselfNameTheRow() throws {
    struct Picky: Decodable {
      struct Refusal: Error {}
      init(from decoder: any Decoder) throws { throw Refusal() }
    }
    let row = try makeRow(.text, [.int("id"), .int("n")], [.integer(1), .integer(2)], number: 9)
    #expect(message { try row.decode(Picky.self) } == "cannot decode row 9 as Picky: Refusal()")
    #expect(message { try row.decode([Int].self) } == "a row needs a keyed type, such as a struct")
  }

  @Test(arguments: formats) func aTypeThatIsDecodableFromACellNeedsNoNames(format: Format) throws {
    func generic<T: Decodable>(_ type: T.Type, _ row: MySQLRow) throws -> T { try row.decode(type) }
    let uuid = try makeRow(format, [Column(type: .string)], [.bytes(Array(repeating: 0, count: 16))])
    #expect(try generic(UUID.self, uuid).uuidString == "00000000-0000-0000-0000-000000000000")
    let number = try makeRow(format, [.int()], [.integer(4)])
    #expect(try generic(Int.self, number) == 4)
    #expect(try generic(SampleUser.Role.self, makeRow(format, [.text()], [.text("guest")])) == .guest)
    let two = try makeRow(format, [.int("a"), .int("b")], [.integer(4), .integer(5)])
    #expect(
      message { try generic(Int.self, two) } == "the row is not a single value: it has 2 columns (a, b)")
  }
}
