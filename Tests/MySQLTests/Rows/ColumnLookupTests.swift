import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct ColumnLookupTests {
  @Test func columnsAreFoundByNameWhateverTheCaseAndTheFirstOfSeveralCounts() throws {
    let columns = [Column.int("id"), .int("Id"), .int("id"), .int("name")]
    let row = try makeRow(.text, columns, [.integer(1), .integer(2), .integer(3), .integer(4)])
    #expect(try row.decode(column: "id", as: Int.self) == 1)
    #expect(try row.decode(column: "Id", as: Int.self) == 2)
    #expect(try row.decode(column: "ID", as: Int.self) == 1)
    #expect(try row.decode(column: "NAME", as: Int.self) == 4)
    #expect(row["nam"] == nil)
    #expect(
      message { try row.decode(column: "nam", as: Int.self) }
        == "the row has no column 'nam': it has 4 columns (id, Id, id, name)")
    #expect(
      message { try row.decode(at: 4, as: Int.self) }
        == "the row has no column with the index 4: it has 4 columns (id, Id, id, name)")
    #expect(throws: MySQLError.self) { try row.decode(at: -1, as: Int.self) }
  }

  @Test(arguments: formats) func aThousandColumnsAreReadByPositionByNameAndIntoADictionary(
    format: Format
  ) throws {
    let columns = (0..<1000).map { Column.int("c\($0)") }
    let row = try makeRow(format, columns, (0..<1000).map { $0 % 7 == 0 ? .null : .integer($0) })
    for index in 0..<1000 {
      let expected = index % 7 == 0 ? nil : index
      #expect(try row.decode(at: index, as: Int?.self) == expected)
      #expect(try row.decode(column: "C\(index)", as: Int?.self) == expected)
    }
    let all = try row.decode([String: Int?].self)
    #expect(all.count == 1000)
    #expect(all["c999"] == 999)
    #expect(message { try row.decode(Int.self) }.hasSuffix("c19, …)"))
  }
}
