import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// Properties that have parts become JSON columns.
@Suite(.busy) struct ModelJSONEncodingTests {
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
}
