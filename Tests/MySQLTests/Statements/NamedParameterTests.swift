import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct NamedParameterTests {
  @Test func bindsNamesAsOftenAsTheyOccur() throws {
    let query = try MySQLQuery(
      unsafe: "SELECT :a, :b_2 FROM t WHERE x=:a OR é = :é", named: ["a": 1, "b_2": "two", "é": true])
    #expect(query.sql == "SELECT ?, ? FROM t WHERE x=? OR é = ?")
    #expect(try query.values == [.integer(1), .text("two"), .integer(1), .integer(1)])
  }

  @Test(
    arguments: [
      "SELECT ':a', \":a\", `:a`", "SELECT 1 -- :a", "SELECT 1 # :a\n", "SELECT /* :a */ 1",
      "SELECT 'it''s :a', 'a\\' :a'", "SET @x := 1", "SELECT a::a", "loop1:LOOP", "SELECT ':a",
      "SELECT 12:34",
    ])
  func namesInQuotesAndCommentsAreNotParameters(sql: String) throws {
    let query = try MySQLQuery(unsafe: sql, named: [:])
    #expect(query.sql == sql)
    #expect(try query.values.isEmpty)
  }

  @Test func twoDashesWithoutASpaceAreNotAComment() throws {
    let query = try MySQLQuery(unsafe: "SELECT 5--:a", named: ["a": 1])
    #expect(query.sql == "SELECT 5--?")
  }

  @Test func aMissingNameIsAnError() {
    let error = #expect(throws: MySQLError.self) { try MySQLQuery(unsafe: "SELECT :a, :b", named: ["a": 1]) }
    #expect(error?.kind == .encoding && error?.message == "there is no value for :b")
  }

  @Test func aSuperfluousNameIsAnError() {
    let error = #expect(throws: MySQLError.self) {
      try MySQLQuery(unsafe: "SELECT :a", named: ["a": 1, "c": 2, "b": 3])
    }
    #expect(error?.kind == .encoding && error?.message == "the statement has no :b, :c")
  }

  @Test func namesAndQuestionMarksDoNotMix() {
    #expect(throws: MySQLError.self) { try MySQLQuery(unsafe: "SELECT :a, ?", named: ["a": 1]) }
    #expect(throws: Never.self) { try MySQLQuery(unsafe: "SELECT :a, '?'", named: ["a": 1]) }
  }
}
