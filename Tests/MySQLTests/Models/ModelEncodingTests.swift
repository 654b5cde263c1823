import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// Values of `Encodable` types as the columns of a row.
@Suite(.busy) struct ModelEncodingTests {
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
}
