import Foundation
import MySQL
import Testing

extension Demo {
  /// What the options of `dump` add and leave out, on a database with one of each kind.
  @Suite(.live) struct DumpParts {
    private static let parts = [
      "table": "CREATE TABLE `t`", "rows": "INSERT INTO `t`", "trigger": " TRIGGER `tr`",
      "view": " VIEW `v` AS select",
      "procedure": " PROCEDURE `p`", "function": " FUNCTION `f`", "event": " EVENT `e`",
    ]
    private static let routines: Set = ["procedure", "function"]
    private static let all = Set(parts.keys)

    @Test(arguments: DemoServer.all) func areWhatTheOptionsSay(_ server: DemoServer) async throws {
      let folder = try Folder()
      defer { folder.remove() }
      let run = DumpRun(server: server, folder: folder)
      try await run.create("demo_parts")
      try await MySQLConnection.with(server.configuration) { connection in
        try await connection.useDatabase("demo_parts")
        for statement in [
          "CREATE TABLE t (a INT, b BLOB)", "INSERT INTO t VALUES (1, X'00FF'), (2, X'')",
          "CREATE VIEW v AS SELECT a FROM t",
          "CREATE TRIGGER `tr` BEFORE INSERT ON t FOR EACH ROW SET @a = 1",
          "CREATE PROCEDURE p() SELECT 1", "CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1",
          "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1",
        ] { try await connection.execute(MySQLQuery(unsafe: statement)) }
      }
      for (words, parts) in [
        ([], Self.all), (["--single-transaction", "--hex-blob"], Self.all),
        (["--skip-triggers"], Self.all.subtracting(["trigger"])),
        (["--skip-routines"], Self.all.subtracting(Self.routines)),
        (["--skip-events"], Self.all.subtracting(["event"])),
        (["-d"], Self.all.subtracting(["rows"])),
        (["--no-data", "--skip-triggers"], Self.all.subtracting(["rows", "trigger"])),
        (["-t"], ["rows"]), (["-t", "--triggers"], ["rows", "trigger"]),
        (["-t", "-R"], Self.routines.union(["rows"])), (["--no-create-info", "-E"], ["rows", "event"]),
        (["--ignore-table=demo_parts.t"], Self.routines.union(["view", "event"])),
      ] as [([String], Set<String>)] {
        let text = try dump(run, words + ["demo_parts"])
        #expect(Set(Self.parts.filter { text.contains($0.value) }.keys) == parts, "\(words)")
      }
      for (words, parts) in [
        (["t"], ["table", "rows", "trigger"]),
        (["t", "--routines", "--events"], Self.all.subtracting(["view"])),
        (["v"], ["view"]),
      ] as [([String], Set<String>)] {
        let text = try dump(run, ["demo_parts"] + words)
        #expect(Set(Self.parts.filter { text.contains($0.value) }.keys) == parts, "\(words)")
      }
      #expect(try dump(run, ["--where=a = 2", "demo_parts", "t"]).contains("VALUES (2,'')"))
      let path = run.file("parts.sql")
      for option in ["--output=\(path)", "-o\(path)", "--result-file=\(path)", "-r\(path)"] {
        #expect(try dump(run, [option, "demo_parts"]).isEmpty)
        #expect(
          try String(contentsOfFile: path, encoding: .utf8).hasSuffix("\n-- Dump completed\n"), "\(option)")
        try FileManager.default.removeItem(atPath: path)
      }
      try await run.drop("demo_parts")
    }

    private func dump(_ run: DumpRun, _ words: [String]) throws -> String {
      let dump = try run.ours("dump", words)
      #expect(dump.exitCode == 0 && dump.errors.isEmpty, "\(words): \(dump.errorText)")
      return dump.outputText
    }
  }
}
