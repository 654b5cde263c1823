import Foundation
import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct ValueInterpolationTests {
  private struct User: Encodable {
    var id: Int
    var name: String?
  }

  private func failure(_ query: MySQLQuery) -> MySQLError? {
    #expect(throws: MySQLError.self) { try query.checkedParameters }
  }

  @Test func aValueIsItsColumnsAndAQuestionMarkForEach() throws {
    let query: MySQLQuery =
      "INSERT INTO users \(values: User(id: 1, name: "O'Hara")) ON DUPLICATE KEY UPDATE n = \(2)"
    #expect(query.sql == "INSERT INTO users (`id`, `name`) VALUES (?, ?) ON DUPLICATE KEY UPDATE n = ?")
    #expect(try query.values == [.integer(1), .text("O'Hara"), .integer(2)])
  }

  @Test func aSequenceIsOneListOfColumnsAndARowForEach() throws {
    let users = [User(id: 1, name: "Ada"), User(id: 2), User(id: 3, name: "")]
    let query: MySQLQuery = "INSERT INTO users \(values: users)"
    #expect(query.sql == "INSERT INTO users (`id`, `name`) VALUES (?, ?), (?, ?), (?, ?)")
    #expect(
      try query.values == [.integer(1), .text("Ada"), .integer(2), .null, .integer(3), .text("")])
    let lazy: MySQLQuery = "INSERT INTO users \(values: users.lazy.map { User(id: $0.id) })"
    #expect(lazy.sql == query.sql)
    #expect(try lazy.values == [.integer(1), .null, .integer(2), .null, .integer(3), .null])
  }

  @Test func assignmentsAreColumnsWithAQuestionMarkEach() throws {
    let query: MySQLQuery = "UPDATE users SET \(assignments: User(id: 1)) WHERE id = \(7)"
    #expect(query.sql == "UPDATE users SET `id` = ?, `name` = ? WHERE id = ?")
    #expect(try query.values == [.integer(1), .null, .integer(7)])
  }

  @Test func theEncoderChoosesTheNamesAndTheTimeZone() throws {
    struct Event: Encodable { var startsAt: Date }
    let encoder = MySQLRowEncoder(keys: .snakeCase, timeZone: .gmt)
    let event = Event(startsAt: Date(timeIntervalSince1970: 0))
    let one: MySQLQuery = "\(values: event, using: encoder)"
    let several: MySQLQuery = "\(values: [event, event], using: encoder)"
    let change: MySQLQuery = "\(assignments: event, using: encoder)"
    #expect(one.sql == "(`starts_at`) VALUES (?)")
    #expect(several.sql == "(`starts_at`) VALUES (?), (?)")
    #expect(change.sql == "`starts_at` = ?")
    #expect(try change.values == [dateTime(date(1970, 1, 1), 0, 0, 0)])
  }

  @Test func anEmptySequenceIsAnErrorThatSaysWhere() {
    let error = failure("INSERT INTO users \(values: [User]())")
    #expect(
      error?.message == "the list after 'INSERT INTO users ' is empty, and SQL has no empty lists")
    #expect(error?.kind == .encoding)
  }

  @Test func aDictionaryIsOneValueAndItsOrderDoesNotMatter() throws {
    let one: MySQLQuery = "\(values: ["a": 1])"
    #expect(one.sql == "(`a`) VALUES (?)")
    // Among many dictionaries, some have a different order.
    let names = (0..<8).map { "c\($0)" }
    let rows = (0..<50).map { row in
      Dictionary(uniqueKeysWithValues: names.map { ($0, "\($0) \(row)") })
    }
    let query: MySQLQuery = "\(values: rows)"
    let columns = try EncodedColumns(MySQLRowEncoder().encode(rows[0]), .name).names
    #expect(
      try query.values == (0..<50).flatMap { row in columns.map { .text("\($0) \(row)") } })
  }

  @Test func allValuesHaveTheSameColumns() {
    #expect(
      failure("\(values: [["a": 1], ["b": 1]])")?.message
        == #"cannot encode Dictionary<String, Int>: it has no column "a", and the first value has one"#)
    #expect(
      failure("\(values: [["a": 1], ["a": 1, "b": 1]])")?.message
        == #"cannot encode Dictionary<String, Int>: it has a column "b", and the first value has none"#)
    #expect(
      failure("\(values: [["a": 1, "b": 1], ["a": 1]])")?.message
        == #"cannot encode Dictionary<String, Int>: it has no column "b", and the first value has one"#)
  }

  @Test func namesAreQuotedByTheirScalars() {
    let name = "a`b`\u{301}) VALUES (1); DROP TABLE t; -- ?"
    let query: MySQLQuery = "INSERT INTO t \(values: [name: 1])"
    #expect(query.sql == "INSERT INTO t (`a``b``\u{301}) VALUES (1); DROP TABLE t; -- ?`) VALUES (?)")
    let change: MySQLQuery = "UPDATE t SET \(assignments: ["`": 1])"
    #expect(change.sql == "UPDATE t SET ```` = ?")
  }

  @Test func namesThatNoColumnCanHaveAreRefused() {
    let text = "cannot encode Dictionary<String, Int>: "
    for query in ["\(values: ["a\0b": 1])", "\(assignments: ["a\0b": 1])", "\(values: [["a\0b": 1]])"]
      as [MySQLQuery]
    {
      let error = failure(query)
      #expect(error?.kind == .encoding)
      #expect(error?.message == text + #"the name "a\0b" contains a NUL, which names cannot"#)
    }
    #expect(failure("\(values: ["": 1])")?.message == text + "one of its columns has an empty name")
    struct Twice: Encodable {
      func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: Key.self)
        try row.encode(1, forKey: .id)
        try row.encode(2, forKey: .id)
      }
      enum Key: CodingKey { case id }
    }
    #expect(
      failure("\(values: Twice())")?.message == #"cannot encode Twice: it encodes the column "id" twice"#)
    let both = ["userId": 1, "user_id": 2]
    #expect(
      failure("\(values: both, using: MySQLRowEncoder(keys: .snakeCase))")?.message
        == text + #"it encodes the column "user_id" twice"#)
  }

  @Test func theFirstThingThatCannotBeSentIsTheError() {
    let error = failure("\(Double.nan), \(values: [User]()), \(values: 1)")
    #expect(error?.message.contains("nan") == true)
    #expect(failure("SELECT \(values: 1)")?.statement == "SELECT ")
  }
}
