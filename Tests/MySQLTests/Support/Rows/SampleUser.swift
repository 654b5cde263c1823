import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// A type that decodes from a row, with the columns and values of such a row.
struct SampleUser: Decodable, Equatable {
  enum Role: String, Codable { case admin, guest }
  struct Address: Codable, Equatable {
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

  static let columns = [
    .int("rank"), Column(name: "photo", type: .blob), .text("name"), .text("role"),
    Column(name: "balance", type: .decimal), Column(name: "createdAt", type: .dateTime),
    Column(name: "uuid", type: .string), Column(name: "tags", type: .json),
    Column(name: "address", type: .json),
    Column(name: "nickname", type: .blob, collation: .utf8mb4),
    Column(name: "ID", type: .longLong, flags: .unsigned),
  ]

  static func values(address: Value = .text(#"{"city": "Ulm", "zip": 89073}"#)) throws -> [Value] {
    [
      .integer(1), .bytes([1, 2]), .text("Ada"), .text("admin"), try decimal("12.50"),
      dateTime(date(2026, 7, 1), 8, 0, 0), .bytes(Array(repeating: 0, count: 16)), .text(#"["a", "b"]"#),
      address,
      .null, .unsigned(.max),
    ]
  }

  static func ada(address: Address?) throws -> SampleUser {
    SampleUser(
      id: .max, name: "Ada", role: .admin, balance: try #require(MySQLDecimal("12.5")),
      createdAt: try #require(MySQLDateTime("2026-07-01 08:00:00")),
      uuid: try #require(UUID(uuidString: "00000000-0000-0000-0000-000000000000")), photo: Data([1, 2]),
      tags: ["a", "b"], address: address, nickname: nil)
  }
}
