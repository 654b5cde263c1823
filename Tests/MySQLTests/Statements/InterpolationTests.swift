import Foundation
import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct InterpolationTests {
  @Test func bindsWhatIsPutIn() throws {
    let (age, name, nothing) = (18, "O'Hara; DROP TABLE users", Int?.none)
    let query: MySQLQuery = "SELECT * FROM users WHERE age >= \(age) AND name = \(name) AND x <=> \(nothing)"
    #expect(query.sql == "SELECT * FROM users WHERE age >= ? AND name = ? AND x <=> ?")
    #expect(try query.values == [.integer(18), .text(name), .null])
  }

  @Test func statementsWithoutValuesAreEqualHoweverTheyWereMade() throws {
    let (sql, name) = ("SELECT 1", "1")
    let made: [MySQLQuery] = [
      "SELECT 1", "SELECT \(unsafe: name)", MySQLQuery(unsafe: sql), try MySQLQuery(unsafe: sql, values: []),
      try MySQLQuery(unsafe: sql, named: [:]),
    ]
    #expect(Set(made) == [MySQLQuery(unsafe: sql)])
    #expect(try Set([MySQLQuery(unsafe: "?", values: [1]), "\(1)", "\(2)", "?"]).count == 3)
  }

  @Test func expandsLists() throws {
    let query: MySQLQuery = "SELECT * FROM t WHERE id IN (\(list: [1, 2, 3])) AND x IN (\(list: ["a"]))"
    #expect(query.sql == "SELECT * FROM t WHERE id IN (?, ?, ?) AND x IN (?)")
    #expect(try query.values == [.integer(1), .integer(2), .integer(3), .text("a")])
  }

  @Test func anEmptyListIsAnErrorThatSaysWhere() {
    let query: MySQLQuery = "SELECT * FROM t WHERE id IN (\(list: [Int]()))"
    let error = #expect(throws: MySQLError.self) { try query.checkedParameters }
    #expect(error?.kind == .encoding && error?.message.contains("WHERE id IN (") == true)
  }

  @Test func quotesNamesByTheirScalars() {
    // The backquote with an accent is one Character, which is not equal to a backquote.
    let name = "a`b`\u{301} = 1; DROP TABLE t; --"
    #expect(
      ("SELECT \(identifier: name)" as MySQLQuery).sql == "SELECT `a``b``\u{301} = 1; DROP TABLE t; --`")
  }

  @Test func refusesANameWithNUL() {
    let query: MySQLQuery = "SELECT \(identifier: "a\0b")"
    #expect(throws: MySQLError.self) { try query.checkedParameters }
  }

  @Test func splicesOnlyWhatIsCalledUnsafe() throws {
    let query: MySQLQuery = "SELECT \(unsafe: "NOW()"), \("NOW()")"
    #expect(query.sql == "SELECT NOW(), ?")
    #expect(try query.values == [.text("NOW()")])
  }

  @Test func aDateNeedsItsTimeZone() throws {
    let date = Date(timeIntervalSince1970: 0)
    let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
    let query: MySQLQuery = "SELECT \(date, in: .gmt), \(date, in: berlin), \(Date?.none, in: .gmt)"
    let expected = try ["1970-01-01 00:00:00", "1970-01-01 01:00:00"].map {
      Value.dateTime(try #require(MySQLDateTime($0)).storage)
    }
    #expect(try query.values == expected + [.null])
    let never: MySQLQuery = "SELECT \(Date.distantFuture.addingTimeInterval(1e12), in: .gmt)"
    #expect(throws: MySQLError.self) { try never.checkedParameters }
  }

  @Test func theFirstValueThatCannotBeSentIsTheError() {
    let query: MySQLQuery = "SELECT \(Double.nan), \(list: [Int]())"
    let error = #expect(throws: MySQLError.self) { try query.checkedParameters }
    #expect(error?.message.contains("nan") == true)
  }

  @Test func bindsValuesToQuestionMarksInOrder() throws {
    let query = try MySQLQuery(unsafe: "SELECT ?, ?", values: [1, "a"])
    #expect(query.sql == "SELECT ?, ?")
    #expect(try query.values == [.integer(1), .text("a")])
  }
}
