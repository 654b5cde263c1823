import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// A type that is encoded as a row, and decoded from it.
@Suite(.busy) struct ModelRoundTripTests {
  private struct User: Codable, Equatable {
    var id: UInt64
    var name: String
    var role: SampleUser.Role
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
    var address: SampleUser.Address?
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

  private static func ada(_ address: SampleUser.Address?, seen: Date?, nickname: String?) throws -> User {
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

  @Test(arguments: formats) func whatIsEncodedDecodesAsItWas(format: Format) throws {
    let (encoder, decoder) = (MySQLRowEncoder(timeZone: .gmt), MySQLRowDecoder(timeZone: .gmt))
    for user in [
      try Self.ada(
        SampleUser.Address(city: "Ulm", zip: nil), seen: Date(timeIntervalSince1970: 5), nickname: "A"),
      try Self.ada(nil, seen: nil, nickname: nil),
    ] {
      let (names, values) = try encoded(user, using: encoder)
      #expect(names == Self.columns.map(\.name))
      let row = try makeRow(format, Self.columns, values)
      #expect(try row.decode(User.self, using: decoder) == user)
    }
  }
}
