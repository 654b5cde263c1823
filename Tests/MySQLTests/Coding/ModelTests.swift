import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// Rows as values of `Decodable` types.
@Suite(.busy) struct ModelTests {
  private struct User: Decodable, Equatable {
    enum Role: String, Decodable { case admin, guest }
    struct Address: Decodable, Equatable {
      var city: String
      var zip: Int?
    }
    var id: UInt64
    var name: String
    var role: Role
    var balance: MySQLDecimal
    var createdAt: MySQLDateTime
    var uuid: UUID
    var photo: Data
    var tags: [String]
    var address: Address?
    var nickname: String?
  }

  private static let columns = [
    .int("rank"), Column(name: "photo", type: .blob), .text("name"), .text("role"),
    Column(name: "balance", type: .decimal), Column(name: "createdAt", type: .dateTime),
    Column(name: "uuid", type: .string), Column(name: "tags", type: .json),
    Column(name: "address", type: .json),
    Column(name: "nickname", type: .blob, collation: .utf8mb4),
    Column(name: "ID", type: .longLong, flags: .unsigned),
  ]

  private static func values(address: Value = .text(#"{"city": "Ulm", "zip": 89073}"#)) throws -> [Value] {
    [
      .integer(1), .bytes([1, 2]), .text("Ada"), .text("admin"), try decimal("12.50"),
      dateTime(date(2026, 7, 1), 8, 0, 0), .bytes(Array(repeating: 0, count: 16)), .text(#"["a", "b"]"#),
      address,
      .null, .unsigned(.max),
    ]
  }

  private static func ada(address: User.Address?) throws -> User {
    User(
      id: .max, name: "Ada", role: .admin, balance: try #require(MySQLDecimal("12.5")),
      createdAt: try #require(MySQLDateTime("2026-07-01 08:00:00")),
      uuid: try #require(UUID(uuidString: "00000000-0000-0000-0000-000000000000")), photo: Data([1, 2]),
      tags: ["a", "b"], address: address, nickname: nil)
  }

  @Test(arguments: formats) func propertiesTakeTheColumnsOfTheirNames(format: Format) throws {
    let row = try makeRow(format, Self.columns, Self.values())
    #expect(try row.decode(User.self) == Self.ada(address: User.Address(city: "Ulm", zip: 89073)))
    let homeless = try makeRow(format, Self.columns, Self.values(address: .null))
    #expect(try homeless.decode(User.self) == Self.ada(address: nil))
  }

  @Test func optionalPropertiesMayHaveNoColumnAndOthersMustHaveOne() throws {
    struct Narrow: Decodable, Equatable {
      var id: Int
      var nickname: String?
    }
    let row = try makeRow(.text, [.int("id"), .text("name")], [.integer(1), .text("Ada")])
    #expect(try row.decode(Narrow.self) == Narrow(id: 1, nickname: nil))
    #expect(
      message { try row.decode(User.self) } == "the row has no column 'role': it has 2 columns (id, name)")
    let null = try makeRow(.text, [.int("id")], [.null], number: 5)
    #expect(
      message { try null.decode(Narrow.self) }
        == "column 'id' (index 0, INT, row 5) is NULL: decode it as Optional<Int>")
  }

  @Test func snakeCaseColumnsFindCamelCasePropertiesOnlyIfAsked() throws {
    struct Item: Decodable, Equatable {
      var createdAt: Int
      var imageURL: String
      var plain: Int
    }
    let columns = [Column.int("created_at"), .text("image_url"), .int("plain")]
    let row = try makeRow(.text, columns, [.integer(1), .text("x"), .integer(2)])
    let decoder = MySQLRowDecoder(keys: .snakeCase)
    #expect(try row.decode(Item.self, using: decoder) == Item(createdAt: 1, imageURL: "x", plain: 2))
    #expect(
      message { try row.decode(Item.self) }
        == "the row has no column 'createdAt': it has 3 columns (created_at, image_url, plain)")
  }

  @Test func aNameThatIsTheSameComesBeforeOneThatDiffersInUnderscores() throws {
    struct Item: Decodable, Equatable { var userId: Int }
    let row = try makeRow(.text, [.int("user_id"), .int("userid")], [.integer(1), .integer(2)])
    #expect(try row.decode(Item.self, using: MySQLRowDecoder(keys: .snakeCase)) == Item(userId: 2))
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

  @Test func jsonErrorsSayWhereInTheColumn() throws {
    let broken = try makeRow(.text, Self.columns, Self.values(address: .text(#"{"city": 3}"#)), number: 2)
    #expect(
      message { try broken.decode(User.self) }
        == "cannot decode column 'address' (index 8, JSON, row 2) as Address: the value is no String, at city"
    )
    let noJSON = try makeRow(.text, Self.columns, Self.values(address: .text("{")), number: 2)
    let text = message { try noJSON.decode(User.self) }
    #expect(text.contains("column 'address' (index 8, JSON, row 2) as Address: "))
    struct Wrong: Decodable { var rank: User.Address }
    let number = try makeRow(.text, Self.columns, Self.values())
    #expect(
      message { try number.decode(Wrong.self) }
        == "cannot decode column 'rank' (index 0, INT, row 0) as Address: decode it as Int64")
  }

  @Test func jsonIsReadTheWayTheOptionsSay() throws {
    struct Note: Decodable, Equatable {
      struct Body: Decodable, Equatable { var sentAt: Date }
      var body: Body
    }
    let json = JSONDecoder()
    json.dateDecodingStrategy = .secondsSince1970
    json.keyDecodingStrategy = .convertFromSnakeCase
    let row = try makeRow(.text, [Column(name: "body", type: .json)], [.text(#"{"sent_at": 5}"#)])
    #expect(
      try row.decode(Note.self, using: MySQLRowDecoder(json: json))
        == Note(body: Note.Body(sentAt: Date(timeIntervalSince1970: 5))))
    struct Tags: Decodable, Equatable { var body: MySQLJSON<[String: Int]> }
    #expect(try row.decode(Tags.self) == Tags(body: MySQLJSON(["sent_at": 5])))
  }

  @Test func handWrittenDecodingReachesIntoJSON() throws {
    struct Flat: Decodable, Equatable {
      var city: String
      var first: Int
      enum Keys: String, CodingKey { case address, list }
      enum Inner: String, CodingKey { case city }
      init(city: String, first: Int) { (self.city, self.first) = (city, first) }
      init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Keys.self)
        city = try row.nestedContainer(keyedBy: Inner.self, forKey: .address).decode(
          String.self, forKey: .city)
        var list = try row.nestedUnkeyedContainer(forKey: .list)
        first = try list.decode(Int.self)
      }
    }
    let columns = [Column(name: "address", type: .json), Column(name: "list", type: .json)]
    let row = try makeRow(.binary, columns, [.text(#"{"city": "Ulm"}"#), .text("[7, 8]")])
    #expect(try row.decode(Flat.self) == Flat(city: "Ulm", first: 7))
  }

  @Test func errorsOfTheTypeItselfNameTheRow() throws {
    struct Picky: Decodable {
      struct Refusal: Error {}
      init(from decoder: any Decoder) throws { throw Refusal() }
    }
    let row = try makeRow(.text, [.int("id"), .int("n")], [.integer(1), .integer(2)], number: 9)
    #expect(message { try row.decode(Picky.self) } == "cannot decode row 9 as Picky: Refusal()")
    #expect(message { try row.decode([Int].self) } == "a row has names: it decodes as a type that has keys")
  }

  @Test(arguments: formats) func aTypeThatIsDecodableFromACellNeedsNoNames(format: Format) throws {
    func generic<T: Decodable>(_ type: T.Type, _ row: MySQLRow) throws -> T { try row.decode(type) }
    let uuid = try makeRow(format, [Column(type: .string)], [.bytes(Array(repeating: 0, count: 16))])
    #expect(try generic(UUID.self, uuid).uuidString == "00000000-0000-0000-0000-000000000000")
    let number = try makeRow(format, [.int()], [.integer(4)])
    #expect(try generic(Int.self, number) == 4)
    #expect(try generic(User.Role.self, makeRow(format, [.text()], [.text("guest")])) == .guest)
    let two = try makeRow(format, [.int("a"), .int("b")], [.integer(4), .integer(5)])
    #expect(
      message { try generic(Int.self, two) } == "the row is not a single value: it has 2 columns (a, b)")
  }
}
