import MySQLWire
import Testing

@testable import MySQL

/// Which column goes with which property.
@Suite(.busy) struct ModelNameTests {
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
