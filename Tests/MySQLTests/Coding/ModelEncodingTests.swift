import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// Values of `Encodable` types as the columns of a row.
@Suite(.busy) struct ModelEncodingTests {
  private struct User: Codable, Equatable {
    enum Role: String, Codable { case admin, guest }
    struct Address: Codable, Equatable {
      var city: String
      var zip: Int?
    }
    var id: UInt64
    var name: String
    var role: Role
    var isActive: Bool
    var score: Double
    var ratio: Float
    var balance: MySQLDecimal
    var price: Foundation.Decimal
    var born: MySQLDate
    var lap: MySQLTime
    var createdAt: MySQLDateTime
    var seen: Date?
    var uuid: UUID
    var textUUID: MySQLTextUUID
    var photo: Data
    var raw: [UInt8]
    var page: URL
    var tags: [String]
    var counts: MySQLJSON<[String: Int]>
    var address: Address?
    var nickname: String?
  }

  private static let columns = [
    Column(name: "id", type: .longLong, flags: .unsigned), .text("name"), .text("role"), .int("isActive"),
    Column(name: "score", type: .double, decimals: 31), Column(name: "ratio", type: .float, decimals: 31),
    Column(name: "balance", type: .decimal), Column(name: "price", type: .decimal),
    Column(name: "born", type: .date), Column(name: "lap", type: .time, decimals: 6),
    Column(name: "createdAt", type: .dateTime, decimals: 6),
    Column(name: "seen", type: .dateTime, decimals: 6), Column(name: "uuid", type: .string),
    .text("textUUID"),
    Column(name: "photo", type: .blob), Column(name: "raw", type: .blob), .text("page"),
    Column(name: "tags", type: .json), Column(name: "counts", type: .json),
    Column(name: "address", type: .json), .text("nickname"),
  ]

  private static func ada(_ address: User.Address?, seen: Date?, nickname: String?) throws -> User {
    User(
      id: .max, name: "O'Ada", role: .guest, isActive: true, score: 0.1, ratio: 0.1,
      balance: try #require(MySQLDecimal("12.50")),
      price: Foundation.Decimal(sign: .minus, exponent: -2, significand: 5),
      born: try #require(MySQLDate("2024-02-00")), lap: try #require(MySQLTime("-100:00:00.5")),
      createdAt: try #require(MySQLDateTime("2026-07-01 08:00:00.000001")), seen: seen, uuid: UUID(),
      textUUID: MySQLTextUUID(UUID()),
      photo: Data([0, 255]), raw: [1, 2], page: try #require(URL(string: "https://example.org/a?b")),
      tags: ["a", "b"], counts: MySQLJSON(["a": 1]), address: address, nickname: nickname)
  }

  /// Returns the names and values of the columns, as a statement binds them.
  private func encoded(
    _ value: some Encodable, using encoder: MySQLRowEncoder = MySQLRowEncoder()
  ) throws -> (names: [String], values: [Value]) {
    let names = try EncodedColumns(encoder.encode(value), encoder.keys).names
    let query: MySQLQuery = "\(values: value, using: encoder)"
    return (names, try query.values)
  }

  @Test(arguments: formats) func whatIsEncodedDecodesAsItWas(format: Format) throws {
    let (encoder, decoder) = (MySQLRowEncoder(timeZone: .gmt), MySQLRowDecoder(timeZone: .gmt))
    for user in [
      try Self.ada(User.Address(city: "Ulm", zip: nil), seen: Date(timeIntervalSince1970: 5), nickname: "A"),
      try Self.ada(nil, seen: nil, nickname: nil),
    ] {
      let (names, values) = try encoded(user, using: encoder)
      #expect(names == Self.columns.map(\.name))
      let row = try makeRow(format, Self.columns, values)
      #expect(try row.decode(User.self, using: decoder) == user)
    }
  }

  @Test func everyNumberIsBoundAsItself() throws {
    struct Numbers: Codable {
      var a = Int8.min, b = Int16.min, c = Int32.min, d = Int64.min, e = Int.max
      var f = UInt8.max, g = UInt16.max, h = UInt32.max, i = UInt64.max, j = UInt.max
      var k: Int8? = 1, l: UInt16? = nil, m: Bool? = false, n: Float? = 0.5, o: Double? = nil
    }
    #expect(
      try encoded(Numbers()).values == [
        .integer(-128), .integer(-32768), .integer(-2_147_483_648), .integer(.min), .integer(.max),
        .unsigned(255), .unsigned(65535), .unsigned(4_294_967_295), .unsigned(.max), .unsigned(.max),
        .integer(1), .null, .integer(0), .float(0.5), .null,
      ])
  }

  @Test func whatIsNilIsNULLAndKeepsItsColumn() throws {
    struct Hollow: Codable {
      enum Role: Int, Codable { case admin }
      var a: Int?, b: String?, c: Role?, d: Date?, e: [String]?, f: Data?
    }
    let (names, values) = try encoded(Hollow())
    #expect(names == ["a", "b", "c", "d", "e", "f"])
    #expect(values == Array(repeating: .null, count: 6))
    // The same with encoding written by hand.
    struct Plain: Encodable {
      enum Keys: String, CodingKey { case a, b, c, d }
      func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: Keys.self)
        try row.encode(Int?.none, forKey: .a)
        try row.encode(Date?.none, forKey: .b)
        try row.encode(Hollow.Role?.some(.admin), forKey: .c)
        try row.encodeNil(forKey: .d)
      }
    }
    #expect(try encoded(Plain()).values == [.null, .null, .integer(0), .null])
  }

  @Test func columnsHaveTheNamesOfTheCodingKeys() throws {
    struct Item: Encodable {
      enum CodingKeys: String, CodingKey {
        case id = "item_no"
        case note
      }
      var id = 1, note = 2, local = 3
    }
    #expect(try encoded(Item()).names == ["item_no", "note"])
  }

  @Test func snakeCaseNamesAreFoundAgain() throws {
    let names = [
      "createdAt": "created_at", "imageURL": "image_url", "URLPath": "url_path", "plain": "plain",
      "user_id": "user_id", "_hidden": "_hidden", "version2Beta": "version2_beta", "aBC": "a_bc",
      "a_Big": "a_big", "größeÄ": "größeÄ", "ID": "id", "HTTPServerID": "http_server_id",
    ]
    for (property, column) in names {
      let encoder = MySQLRowEncoder(keys: .snakeCase)
      #expect(try encoded([property: 1], using: encoder).names == [column])
      #expect(try encoded([property: 1]).names == [property])
      let row = try makeRow(.text, [.int(column), .int("other")], [.integer(7), .integer(8)])
      let found = try Found.$property.withValue(property) {
        try row.decode(Found.self, using: MySQLRowDecoder(keys: .snakeCase))
      }
      #expect(found.value == 7)
    }
  }

  @Test func aDateNeedsATimeZone() throws {
    struct Event: Encodable { var at: Date }
    let event = Event(at: Date(timeIntervalSince1970: 86_401))
    #expect(
      try encoded(event, using: MySQLRowEncoder(timeZone: .gmt)).values
        == [dateTime(date(1970, 1, 2), 0, 0, 1)])
    #expect(
      message { try encoded(event) }
        == #"cannot encode column "at" of Event: set the time zone of the MySQLRowEncoder, or use MySQLDateTime"#
    )
    let never = Event(at: .distantFuture.addingTimeInterval(1e12))
    #expect(
      message { try encoded(never, using: MySQLRowEncoder(timeZone: .gmt)) }
        == #"cannot encode column "at" of Event: a Date outside of the years 0 to 9999 cannot be sent"#)
  }

  @Test func jsonIsWrittenTheWayTheOptionsSay() throws {
    struct Note: Encodable {
      struct Body: Encodable { var sentAt: Date }
      var body: Body
      var named: [String: Int]
      var dates: [Date]
    }
    let json = JSONEncoder()
    json.dateEncodingStrategy = .secondsSince1970
    json.keyEncodingStrategy = .convertToSnakeCase
    let date = Date(timeIntervalSince1970: 5)
    let note = Note(body: Note.Body(sentAt: date), named: ["keptAsIs": 1], dates: [date])
    #expect(
      try encoded(note, using: MySQLRowEncoder(json: json)).values
        == [.text(#"{"sent_at":5}"#), .text(#"{"keptAsIs":1}"#), .text("[5]")])
  }

  @Test func handWrittenEncodingReachesIntoJSON() throws {
    struct Flat: Encodable {
      enum Keys: String, CodingKey { case address, list, wrapped, deep }
      enum Inner: String, CodingKey { case city, zip }
      func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: Keys.self)
        var address = row.nestedContainer(keyedBy: Inner.self, forKey: .address)
        try address.encode("Ulm", forKey: .city)
        var list = row.nestedUnkeyedContainer(forKey: .list)
        try list.encode(7)
        try list.encodeNil()
        try list.encode(contentsOf: ["a"])
        try 8.encode(to: row.superEncoder(forKey: .wrapped))
        var deep = row.nestedUnkeyedContainer(forKey: .deep)
        var inner = deep.nestedContainer(keyedBy: Inner.self)
        try inner.encode(Int?.none, forKey: .zip)
        try inner.encodeIfPresent(Int?.none, forKey: .city)
        _ = deep.nestedUnkeyedContainer()
      }
    }
    let (names, values) = try encoded(Flat())
    #expect(names == ["address", "list", "wrapped", "deep"])
    #expect(
      values == [
        .text(#"{"city":"Ulm"}"#), .text(#"[7,null,"a"]"#), .integer(8), .text(#"[{"zip":null},[]]"#),
      ])
  }

  @Test(.notUnder(.address, .thread)) func manyPartsTakeNoLongerEach() throws {
    struct Large: Codable, Equatable {
      var names: [String]
      var numbers: [String: Int]
    }
    let columns = [Column(name: "names", type: .json), Column(name: "numbers", type: .json)]
    func time(_ count: Int) throws -> Duration {
      let names = (0..<count).map { "\($0)" }
      let large = Large(names: names, numbers: Dictionary(uniqueKeysWithValues: zip(names, 0...)))
      return try processorTime {
        let copy = try makeRow(.binary, columns, encoded(large).values).decode(Large.self)
        #expect(copy == large)
      }
    }
    _ = try time(100)
    let (few, many) = (try time(2_500), try time(20_000))
    // Eight times as many parts; quadratic code would take 64 times as long.
    #expect(many < few * 24, "\(few) and \(many)")
  }

  @Test func aClassSharesTheRowWithTheOneThatItInheritsFrom() throws {
    class Animal: Encodable { var id = 1 }
    class Dog: Animal {
      enum Keys: String, CodingKey { case name }
      override func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: Keys.self)
        try row.encode("Rex", forKey: .name)
        try super.encode(to: row.superEncoder())
      }
    }
    let (names, values) = try encoded(Dog())
    #expect(names == ["name", "id"] && values == [.text("Rex"), .integer(1)])
  }

  @Test func aValueThatCannotBeSentNamesItsColumnAndIsNotQuoted() throws {
    struct Reading: Encodable { var degrees: Double }
    struct Readings: Encodable { var all: [Double] }
    for (value, text) in [
      (Reading(degrees: .nan) as any Encodable, #"column "degrees" of Reading: nan"#),
      (Readings(all: [1, -.infinity]), #"column "all" of Readings: "#),
    ] {
      let error = #expect(throws: MySQLError.self) { try encoded(value) }
      #expect(error?.kind == .encoding)
      #expect(error?.message.hasPrefix("cannot encode " + text) == true, "\(error?.message ?? "")")
      #expect(error?.message.contains("invalidValue") == false)
    }
    struct Picky: Encodable {
      struct Refusal: Error {}
      func encode(to encoder: any Encoder) throws { throw Refusal() }
    }
    struct Owner: Encodable { var picky = Picky() }
    #expect(message { try encoded(Picky()) } == "cannot encode Picky: Refusal()")
    #expect(message { try encoded(Owner()) } == #"cannot encode column "picky" of Owner: Refusal()"#)
    struct Silent: Encodable { func encode(to encoder: any Encoder) {} }
    struct Quiet: Encodable { var silent = Silent() }
    #expect(
      message { try encoded(Quiet()) } == #"cannot encode column "silent" of Quiet: it encodes nothing"#)
  }

  @Test func onlyWhatHasKeysIsARow() throws {
    let values: [any Encodable] = [
      1, "a", [1, 2], [[1]], Data([1]), UUID(), Date(), User.Role.admin, Int?.none, MySQLDate.zero,
      URL(string: "/a"), Foundation.Decimal(1),
    ]
    for value in values {
      // Encodes the value as one row; a sequence would otherwise stand for its elements.
      func one(_ value: some Encodable) throws { _ = try MySQLRowEncoder().encode(value) }
      let error = #expect(throws: MySQLError.self, "\(value)") { try one(value) }
      #expect(error?.kind == .encoding)
      #expect(error?.message.hasSuffix("a row has names: it is encoded by a type that has keys") == true)
    }
    struct Empty: Encodable {}
    #expect(message { try encoded(Empty()) } == "cannot encode Empty: it has no values, and so no columns")
  }
}

/// A type that decodes the property that the test names.
private struct Found: Decodable {
  var value: Int
  init(from decoder: any Decoder) throws {
    let property = try #require(Found.property)
    value = try decoder.container(keyedBy: Key.self).decode(Int.self, forKey: Key(stringValue: property))
  }
  @TaskLocal static var property: String?
}

private struct Key: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
