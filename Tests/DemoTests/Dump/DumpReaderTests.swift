import Foundation
import MySQLWire
import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct DumpReading {
    /// Returns the statements of a text, each with its line, and whether the text is complete.
    private func read(_ text: String) throws -> (statements: [String], isComplete: Bool) {
      var reader = DumpReader(LineReader(text: Array(text.utf8)))
      var statements: [String] = []
      while let step = try reader.next([]) {
        switch step {
        case .statement(let statement):
          statements.append("\(statement.line) \(String(decoding: statement.text, as: UTF8.self))")
        case .use(let name, let statement):
          statements.append("\(statement.line) use \(String(decoding: name, as: UTF8.self))")
        }
      }
      return (statements, reader.isComplete)
    }

    @Test func namesTheLineAtWhichEachStatementBegins() throws {
      let (statements, _) = try read(
        "-- c\n\nSELECT 1;\n  \n\nINSERT INTO t\nVALUES (1);SELECT 2;\nSELECT 3;\n")
      #expect(statements == ["3 SELECT 1", "6 INSERT INTO t\nVALUES (1)", "7 SELECT 2", "8 SELECT 3"])
    }

    @Test func takesDelimitersAndDatabases() throws {
      let (statements, _) = try read(
        "DELIMITER ;;\nCREATE TRIGGER x BEGIN\n  SELECT 1; -- why\nEND;;\nDELIMITER ;\nUSE `a``b`;\nuse c\n")
      #expect(statements == ["2 CREATE TRIGGER x BEGIN\n  SELECT 1; -- why\nEND", "6 use a`b", "7 use c"])
    }

    @Test func knowsMariaDBsSandboxMark() throws {
      let (statements, _) = try read("/*M!999999\\- enable the sandbox mode */ \nSELECT 1;\n")
      #expect(statements.count == 1 && statements[0].hasSuffix("SELECT 1"))
    }

    @Test func runsNoCommandOfTheClient() throws {
      for line in [
        "\\! touch /tmp/x", "system touch /tmp/x", "source other.sql", "\\. other.sql", "tee out", "\\z",
      ] {
        let error = try #require(throws: RestoreFailure.self) { try read("SELECT 1;\n\(line)\n") }
        #expect(error.line == 2 && error.reason?.contains("not run") == true, "\(line)")
      }
    }

    @Test func aDumpIsCompleteIfItsLastLineSaysSo() throws {
      #expect(try read("SELECT 1;\n-- Dump completed\n").isComplete)
      #expect(try read("SELECT 1;\n-- Dump completed on 2026-01-01 10:00:00\n\n").isComplete)
      #expect(try !read("SELECT 1;\n").isComplete)
      #expect(try !read("-- Dump completed\nSELECT 1;\n").isComplete)
      #expect(try !read("SELECT 'a\n-- Dump completed\n';\n").isComplete)
    }

    @Test func aStatementThatIsCutOffIsNotRun() throws {
      let error = try #require(throws: RestoreFailure.self) {
        try read("SELECT 1;\nINSERT INTO t VALUES ('a")
      }
      #expect(
        error.line == 2 && error.text(file: "f.sql").hasPrefix("f.sql:2: the file ends within a statement"))
    }

    @Test func failuresShowWhereTheStatementBegins() {
      let statement = Array("INSERT INTO t\n  VALUES (\(String(repeating: "1", count: 90)))".utf8)
      let text = RestoreFailure(statement[...], line: 7, "ERROR 1").text(file: "f.sql")
      #expect(text.hasPrefix("f.sql:7: ERROR 1\n  the statement begins: INSERT INTO t VALUES (111"))
      #expect(text.hasSuffix("1…"))
    }
  }
}
