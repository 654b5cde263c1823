import MySQL
import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct LoadStatements {
    @Test func aStatementBindsTheNumberInEachPlace() throws {
      #expect(try LoadStatement("SELECT 1").query(5) == MySQLQuery(unsafe: "SELECT 1"))
      let query = try LoadStatement("SELECT {n}, {n} + 1").query(5)
      #expect(query == "SELECT \(5), \(5) + 1")
      #expect(query != "SELECT \(5), \(6) + 1")
    }
  }
}
