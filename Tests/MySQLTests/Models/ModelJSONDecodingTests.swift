import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// JSON columns as properties that have parts.
@Suite(.busy) struct ModelJSONDecodingTests {
  @Test func jsonErrorsSayWhereInTheColumn() throws {
    let broken = try makeRow(
      .text, SampleUser.columns, SampleUser.values(address: .text(#"{"city": 3}"#)), number: 2)
    #expect(
      message { try broken.decode(SampleUser.self) }
        == "cannot decode column 'address' (index 8, JSON, row 2) as Address: the value is not of type String, at city"
    )
    let noJSON = try makeRow(.text, SampleUser.columns, SampleUser.values(address: .text("{")), number: 2)
    let text = message { try noJSON.decode(SampleUser.self) }
    #expect(text.contains("column 'address' (index 8, JSON, row 2) as Address: "))
    struct Wrong: Decodable { var rank: SampleUser.Address }
    let number = try makeRow(.text, SampleUser.columns, SampleUser.values())
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
}
