import Foundation
import MySQL
import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct JSONOutput {
    private func run(
      _ server: DemoServer, _ format: String, _ sql: String, _ options: [String] = [], locale: String = "C"
    ) throws -> CommandRun {
      try CommandRun.of(
        CommandRun.demo,
        server.arguments + server.ownArguments + ["--format=\(format)", "-e", sql] + options,
        environment: ["LC_ALL": locale])
    }

    @Test(.live, arguments: DemoServer.all)
    func isUTF8WhateverTheLocale(_ server: DemoServer) throws {
      let sql =
        "SELECT _utf8mb4 x'C3A9' AS e, _utf8mb4 x'F09F9880' AS smile, JSON_OBJECT('k', _utf8mb4 x'F09F9880') AS j"
      for locale in ["C", "C.UTF-8"] {
        let run = try run(server, "jsonl", sql, locale: locale)
        #expect(run.outputText == #"{"e": "é", "smile": "😀", "j": {"k": "😀"}}"# + "\n")
        #expect(try self.run(server, "csv", sql + " LIMIT 1", locale: locale).outputText.contains("é,😀,"))
        #expect(try self.run(server, "markdown", sql, locale: locale).outputText.contains("| é | 😀 |"))
        #expect(
          try self.run(server, "json", "SELECT 'é😀' AS t", locale: locale).outputText
            == "[\n{\"t\": \"é😀\"}\n]\n")
      }
      // The statement is read in the named character set, and JSON stays UTF-8.
      let named = try run(
        server, "jsonl", "SELECT x'E9' = 'é' AS n, 'é' AS t", ["--default-character-set=latin1"])
      #expect(named.outputText == #"{"n": 0, "t": "Ã©"}"# + "\n")
    }

    @Test(.live, arguments: DemoServer.all)
    func isJSONEvenIfAColumnOnlyClaimsToBe(_ server: DemoServer) async throws {
      let isMariaDB = try await MySQLConnection.with(server.configuration) { $0.server.isMariaDB }
      let statements =
        "SET check_constraint_checks = 0; CREATE TEMPORARY TABLE demo_json.n (js JSON); "
        + "INSERT INTO demo_json.n VALUES ('not json'), ('{\"a\":\\n1}'), ('[1,]'); "
        + "SELECT js FROM demo_json.n; SELECT CONCAT(JSON_EXTRACT('[1]', '$'), 'x') AS cc; "
        + "SET group_concat_max_len = 10; SELECT JSON_ARRAYAGG(t) AS j FROM (SELECT 'aaaaaaaaaaaaaaa' AS t) s; "
        + "SELECT JSON_DETAILED('{\"a\":[1,2]}') AS p"
      let ofMariaDB = ["CREATE DATABASE IF NOT EXISTS demo_json; " + statements + "; DROP DATABASE demo_json"]
      let ofAll = "SELECT JSON_OBJECT('a', 1) AS o, JSON_ARRAY(1, 'x') AS l, '[1' AS t"
      for sql in isMariaDB ? ofMariaDB + [ofAll] : [ofAll] {
        let run = try run(server, "jsonl", sql, ["--comments"])
        #expect(run.exitCode == 0, "\(run.errorText)")
        let lines = run.outputText.split(separator: "\n")
        #expect(lines.count >= 1)
        for line in lines {
          let object = try? JSONSerialization.jsonObject(with: Data(line.utf8))
          #expect(object is [String: Any], "\(line)")
        }
      }
    }

    @Test func tellsJSONFromOtherText() {
      for text in [
        "0", "-0", " 12.5e-3 ", "\"\"", "\"\\u00e9\\n\"", "[]", "[1, [2], {}]", "{\"a\": {\"b\": null}}",
        "true",
        "1E+2", "\n{ }\n",
      ] {
        #expect(JSONText.isValid(Array(text.utf8)[...]), "\(text)")
      }
      for text in [
        "", " ", "01", "1.", ".5", "+1", "-", "1e", "[1,]", "[", "{\"a\"}", "{a: 1}", "{\"a\": 1,}", "\"\n\"",
        "\"\\x\"", "\"\\u12\"", "nul", "[1]x", "1 2", "\"a", "'a'", String(repeating: "[", count: 100_000),
      ] {
        #expect(!JSONText.isValid(Array(text.utf8)[...]), "\(text.prefix(20))")
      }
      #expect(!JSONText.isValid([0x22, 0xE9, 0x22]))
      #expect(JSONText.isValid(([5, 1, 0x22, 0xC3, 0xA9, 0x22])[2...]))
    }

    @Test func givesEachColumnAKeyOfItsOwn() {
      for (names, keys) in [
        (["a", "a", "a_2"], ["a", "a_3", "a_2"]), (["a", "a_2", "a"], ["a", "a_2", "a_3"]),
        (["a", "a", "a"], ["a", "a_2", "a_3"]), (["a_2", "a_2", "a", "a"], ["a_2", "a_2_2", "a", "a_3"]),
        ([], []), (["\u{E9}", "e\u{301}"], ["\u{E9}", "e\u{301}"]),
      ] as [([String], [String])] {
        #expect(JSONObjects.uniqueNames(names) == keys)
        #expect(Set(keys.map { Array($0.utf8) }).count == keys.count)
      }
    }

    @Test(.live, arguments: DemoServer.all)
    func keepsEveryColumnOfARow(_ server: DemoServer) throws {
      let run = try run(server, "jsonl", "SELECT 1 a, 2 a, 3 a_2")
      #expect(run.outputText == #"{"a": 1, "a_3": 2, "a_2": 3}"# + "\n")
    }

    @Test(.live, arguments: DemoServer.all)
    func writesACSVLineForEachRowOfOneColumn(_ server: DemoServer) throws {
      let sql = "SELECT NULL AS n UNION ALL SELECT '' UNION ALL SELECT 'NULL' UNION ALL SELECT 'x'"
      #expect(try run(server, "csv", sql).outputText == "n\nNULL\n\"\"\n\"NULL\"\nx\n")
      #expect(try run(server, "csv", "SELECT NULL AS n, 'NULL' AS t").outputText == "n,t\n,NULL\n")
    }
  }
}
