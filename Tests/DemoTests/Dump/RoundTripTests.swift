import Foundation
import MySQL
import Testing

extension Demo {
  /// A database with one of everything, through dumps of both kinds and back.
  @Suite(.live, .official) struct DumpRoundTrips {
    @Test(arguments: DemoServer.all)
    func everythingComesBackWhoeverLoadsIt(_ server: DemoServer) async throws {
      try await DumpRun.with(server, databases: "demo_all", "demo_ours", "demo_theirs", "demo_official") {
        run in
        let isMariaDB = try await run.isMariaDB()
        let made = try run.official("demo_all", EverythingInADatabase.statements(isMariaDB: isMariaDB))
        try #require(made.exitCode == 0, "\(made.errorText)")
        let original = try await DatabaseFingerprint.of("demo_all", on: server)
        #expect(original.lines.count > 80)

        let path = run.file("all.sql")
        let dump = try run.ours("dump", "--output=\(path)", "demo_all")
        try #require(dump.exitCode == 0, "\(dump.errorText)")
        #expect(dump.errorText.contains("demo_all.outside (MyISAM) is not part of the snapshot"))
        #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
        let text = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(text.suffix(19) == Data("\n-- Dump completed\n".utf8))
        let longest = text.split(separator: UInt8(ascii: "\n")).map(\.count).max() ?? 0
        #expect(longest <= 16 << 20, "\(longest)")

        let restored = try run.ours("restore", "-Ddemo_ours", path)
        #expect(restored.exitCode == 0 && restored.errorText.isEmpty, "\(restored.errorText)")
        try await expectCopy("demo_ours", of: original, on: server)

        let loaded = try run.official("demo_theirs", text)
        #expect(loaded.exitCode == 0 && loaded.errorText.isEmpty, "\(loaded.errorText)")
        try await expectCopy("demo_theirs", of: original, on: server)

        let official = try run.officialDump(of: "demo_all", isMariaDB: isMariaDB)
        try #require(official.exitCode == 0, "\(official.errorText)")
        let taken = try run.ours("restore", "-Ddemo_official", input: official.output)
        #expect(taken.exitCode == 0 && taken.errorText.isEmpty, "\(taken.errorText)")
        try await expectCopy("demo_official", of: original, on: server, isOfficial: true)
      }
    }

    /// - Parameter isOfficial: Whether the copy is from the official dump, which loses digits of FLOAT columns, the
    ///   sign of zeros, text of sets with several codes for a character, and with MariaDB the collation that the
    ///   database had when a routine was created.
    private func expectCopy(
      _ database: String, of original: DatabaseFingerprint, on server: DemoServer, isOfficial: Bool = false
    ) async throws {
      let copy = try await DatabaseFingerprint.of(database, on: server)
      let known = isOfficial ? ["{database}.types|", "routine|FUNCTION|binf|"] : []
      func kept(_ fingerprint: DatabaseFingerprint) -> [String] {
        fingerprint.lines.filter { line in !known.contains { line.hasPrefix($0) } }
      }
      #expect(kept(copy) == kept(original), "\(database):\n\(copy.differences(from: original))")
    }

    @Test(arguments: DemoServer.all)
    func databasesComeBackByTheirNames(_ server: DemoServer) async throws {
      try await DumpRun.with(server, databases: "demo_one", "demo_two") { run in
        // A view that is created before the one it reads.
        try await server.run(
          "CREATE TABLE demo_two.t (a INT)", "INSERT INTO demo_two.t VALUES (1), (2)",
          "CREATE VIEW demo_two.v AS SELECT a FROM demo_two.t",
          "CREATE VIEW demo_one.v AS SELECT a + 1 AS b FROM demo_two.v")
        let before = [
          try await DatabaseFingerprint.of("demo_one", on: server),
          try await DatabaseFingerprint.of("demo_two", on: server),
        ]
        let dump = try run.ours("dump", "--databases", "demo_one", "demo_two")
        try #require(dump.exitCode == 0, "\(dump.errorText)")
        for database in ["demo_one", "demo_two"] { try await run.drop(database) }
        let restored = try run.ours("restore", input: dump.output)
        #expect(restored.exitCode == 0 && restored.errorText.isEmpty, "\(restored.errorText)")
        let after = [
          try await DatabaseFingerprint.of("demo_one", on: server),
          try await DatabaseFingerprint.of("demo_two", on: server),
        ]
        #expect(after == before)
        let rows = try run.ours("dump", "--no-create-info", "--where=a > 1", "demo_two").outputText
        #expect(rows.contains("INSERT INTO `t` (`a`) VALUES (2);\n") && !rows.contains("CREATE"))
        let definitions = try run.ours("dump", "--no-data", "demo_two", "t").outputText
        #expect(definitions.contains("CREATE TABLE `t`") && !definitions.contains("INSERT"))
        #expect(!definitions.contains("VIEW"))
      }
    }

    @Test(arguments: DemoServer.all)
    func aServersSettingsMakeNoDifference(_ server: DemoServer) async throws {
      try await DumpRun.with(server, databases: "demo_mode") { run in
        try await server.run(
          "CREATE TABLE demo_mode.t (a VARCHAR(50) DEFAULT 'b\\\\c', s TIMESTAMP NULL)",
          "INSERT INTO demo_mode.t VALUES ('x\\\\y''z', '2026-01-01 10:00:00')")
        let before = try await DatabaseFingerprint.of("demo_mode", on: server)
        let settings =
          "--init-command=SET sql_mode='NO_BACKSLASH_ESCAPES,ANSI_QUOTES,STRICT_ALL_TABLES', time_zone='-07:00'"
        let dump = try run.ours("dump", settings, "demo_mode")
        try #require(dump.exitCode == 0, "\(dump.errorText)")
        try await run.create("demo_mode")
        let restored = try run.ours("restore", settings, "-Ddemo_mode", input: dump.output)
        #expect(restored.exitCode == 0, "\(restored.errorText)")
        #expect(try await DatabaseFingerprint.of("demo_mode", on: server) == before)
      }
    }

    @Test(arguments: DemoServer.all)
    func accountsComeBackWithTheirPasswordsAndRights(_ server: DemoServer) async throws {
      try await DumpRun.with(server) { run in
        try await server.run(
          "DROP USER IF EXISTS demo_kept@localhost", "DROP ROLE IF EXISTS demo_role", "CREATE ROLE demo_role",
          "GRANT PROCESS ON *.* TO demo_role",
          "CREATE USER demo_kept@localhost IDENTIFIED BY 'it''s \\\\ kept'",
          "GRANT SELECT (user) ON mysql.user TO demo_kept@localhost WITH GRANT OPTION",
          "GRANT demo_role TO demo_kept@localhost")
        let show: [MySQLQuery] = [
          "SHOW CREATE USER demo_kept@localhost", "SHOW GRANTS FOR demo_kept@localhost",
        ]
        let before = try await rows(of: show, on: server)
        let dump = try run.ours("dump", "--users")
        try #require(dump.exitCode == 0, "\(dump.errorText)")
        #expect(!dump.outputText.contains("'root'"))
        try await server.run("DROP USER demo_kept@localhost", "DROP ROLE demo_role")
        let restored = try run.ours("restore", input: dump.output)
        #expect(restored.exitCode == 0, "\(restored.errorText)")
        #expect(try await rows(of: show, on: server) == before)
        try await server.run("DROP USER demo_kept@localhost", "DROP ROLE demo_role")
      }
    }

    private func rows(of queries: [MySQLQuery], on server: DemoServer) async throws -> [[UInt8]] {
      try await MySQLConnection.with(server.configuration) { connection in
        var rows: [[UInt8]] = []
        for query in queries { rows += try await connection.query(query).collect().map { $0[0].bytes } }
        return rows
      }
    }
  }
}
