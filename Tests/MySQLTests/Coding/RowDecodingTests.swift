import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct RowDecodingTests {
  private let user = [Column.int("id"), .text("name"), .int("age")]

  @Test(arguments: formats) func tuplesTakeTheCellsInOrder(format: Format) throws {
    let row = try makeRow(format, user, [.integer(7), .text("Ada"), .null])
    let (id, name, age) = try row.decode((Int, String, Int?).self)
    #expect((id, name) == (7, "Ada"))
    #expect(age == nil)
  }

  @Test(arguments: formats) func aSingleColumnDecodesWithoutATuple(format: Format) throws {
    let row = try makeRow(format, [.int()], [.integer(3)])
    #expect(try row.decode(Int.self) == 3)
    #expect(try row.decode(Int?.self) == 3)
    #expect(try row.decode(MySQLValue.self) == .integer(3))
  }

  @Test(arguments: formats) func everyRowOfABlockHasItsOwnCells(format: Format) throws {
    let values = (0..<300).map {
      [Value.integer($0), .text("row \($0)"), $0 % 3 == 0 ? .null : .integer(-$0)]
    }
    let block = try makeBlock(format, user, values)
    for index in 0..<300 {
      let (id, name, age) = try MySQLRow(block, index).decode((Int, String, Int?).self)
      #expect((id, name) == (index, "row \(index)"))
      #expect(age == (index % 3 == 0 ? nil : -index))
    }
  }

  @Test func aWrongNumberOfTypesIsRefusedAndTheColumnsAreListed() throws {
    let row = try makeRow(.text, user, [.integer(7), .text("Ada"), .null])
    #expect(
      message { try row.decode((Int, String).self) }
        == "cannot decode a row as (Int, String): it has 3 columns (id, name, age)")
    #expect(
      message { try row.decode((Int, String, Int?, Int).self) }
        == "cannot decode a row as (Int, String, Optional<Int>, Int): it has 3 columns (id, name, age)")
    #expect(
      message { try row.decode(Int.self) } == "cannot decode a row as Int: it has 3 columns (id, name, age)")
  }

  @Test func errorsNameTheColumnItsTypeTheRowAndTheSwiftType() throws {
    let columns = [.int("id"), Column(name: "age", type: .long, flags: .unsigned)]
    let row = try makeRow(.binary, columns, [.integer(1), .unsigned(300)], number: 17)
    let expected =
      "cannot decode column 'age' (index 1, INT UNSIGNED, row 17) as Int8: "
      + "the number does not fit: decode it as UInt64"
    #expect(message { try row.decode((Int, Int8).self) } == expected)
    #expect(message { try row.decode(at: 1, as: Int8.self) } == expected)
    #expect(message { try row.decode(column: "AGE", as: Int8.self) } == expected)
    let byName = message { try row["age"]?.decode(Int8.self) }
    #expect(byName == expected)
    #expect(
      message { try row[1].decode(MySQLDate.self) }
        == "cannot decode column 'age' (index 1, INT UNSIGNED, row 17) as MySQLDate: decode it as UInt64")
    let null = try lonely(user, number: 4)
    #expect(
      message { try null.decode((Int, String, Int).self) }
        == "column 'age' (index 2, INT, row 4) is NULL: decode it as Optional<Int>")
    do {
      _ = try null.decode((Int, String, Int).self)
    } catch {
      #expect(error.kind == .decoding)
      #expect(error.reach == .answered)
      #expect(!error.isRetryable)
    }
  }

  private func lonely(_ columns: [Column], number: Int) throws -> MySQLRow {
    try makeRow(.text, columns, [.integer(1), .text(""), .null], number: number)
  }

  @Test(arguments: formats) func customTypesDecodeWhatTheyAreMadeOf(format: Format) throws {
    struct Celsius: MySQLDecodable, Equatable {
      var degrees: Double
      static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
        let degrees = try cell.decode(Double.self)
        guard degrees >= -273.15 else { throw cell.decodingError(as: Self.self, "colder than cold") }
        return Self(degrees: degrees)
      }
    }
    enum Level: Int, MySQLDecodable { case low = 1, high }
    let columns = [Column(name: "t", type: .double), .int("level")]
    let row = try makeRow(format, columns, [.double(21.5), .integer(2)])
    let (celsius, level) = try row.decode((Celsius, Level).self)
    #expect(celsius == Celsius(degrees: 21.5))
    #expect(level == .high)
    let cold = try cold(format, columns)
    #expect(
      message { try cold[0].decode(Celsius.self) }
        == "cannot decode column 't' (index 0, DOUBLE, row 0) as Celsius: colder than cold")
    #expect(
      message { try cold[1].decode(Level.self) }
        == "cannot decode column 'level' (index 1, INT, row 0) as Level: it has no such value")
  }

  private func cold(_ format: Format, _ columns: [Column]) throws -> MySQLRow {
    try makeRow(format, columns, [.double(-300), .integer(3)])
  }
}
