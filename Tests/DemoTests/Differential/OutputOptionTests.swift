import Foundation
import Testing

extension Demo {
  /// The options that decide how results look, through the official command and through ours.
  @Suite(.live, .official) struct OutputOptions {
    private static let modes: [[String]] = [
      ["-H"], ["-X"], ["-H", "-N", "-vvv"], ["-X", "-vv", "-t"], ["-H", "-X"], ["-X", "-E"],
      ["--binary-as-hex"], ["-t", "--binary-as-hex"], ["-E", "--binary-as-hex"], ["-H", "--binary-as-hex"],
      ["-X", "--binary-as-hex"], ["-t", "--column-type-info"], ["-B", "--column-type-info", "-vv"],
      ["-B", "-q"], ["-B", "-q", "-vv"], ["--auto-vertical-output"], ["--auto-vertical-output", "-t"],
      ["-t", "-q", "--quick-max-column-width=40"],
    ]

    @Test(arguments: DemoServer.all)
    func makeTheSameOutput(_ server: DemoServer) async throws {
      for name in ["values.sql", "results.sql", "errors.sql"] {
        let file = try #require(StatementFile.all.first { $0.name == name })
        for mode in Self.modes { try await server.compare(mode + ["-f"], file.content, name) }
      }
    }

    @Test(arguments: DemoServer.all)
    func describeTheColumnsOfEveryType(_ server: DemoServer) async throws {
      let input = """
        CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, n VARCHAR(9) NOT NULL UNIQUE, z INT(5) UNSIGNED ZEROFILL,
          b VARBINARY(4), f FLOAT, d DECIMAL(5,2) UNSIGNED, e ENUM('a','b'), s SET('a','b'), y YEAR, ti TIME(3),
          ts TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, g GEOMETRY, bt BIT(3), j JSON,
          mb MEDIUMBLOB, tt TINYTEXT, INDEX (d));
        INSERT INTO t (n, z, b, bt, g, ts) VALUES ('a<b>&"c', 7, X'00FF', b'101', POINT(1, 2), '2024-05-06');
        SELECT * FROM t; SELECT * FROM t WHERE id > 9; SELECT id AS other FROM t AS named;
        SET character_set_results = NULL; SELECT n, tt, e, j FROM t; SELECT 1 AS `a<&>"b`, '' AS ``, NULL AS x\\G
        """
      for mode in [
        ["-t", "--column-type-info"], ["-H", "--column-type-info"],
        ["-t", "--binary-as-hex"], ["--binary-as-hex", "-r"], ["-X"], ["-H"],
      ] {
        try await server.compare(mode + ["-f"], Data(input.utf8), "columns")
      }
    }

    /// The official command names the option file and itself; the rest is the same.
    @Test(arguments: DemoServer.all)
    func comeFromOptionFiles(_ server: DemoServer) async throws {
      let folder = try Folder()
      defer { folder.remove() }
      let official = try #require(CommandRun.official)
      for lines in [
        "html", "xml\nbinary-as-hex", "table\ncolumn_type_info", "quick\ntable", "verbose\nverbose",
      ] {
        let path = try folder.write("[client]\nsocket=/nowhere\n[mysql]\n\(lines)\n", "options.cnf")
        let words =
          ["--defaults-file=\(path)"] + server.arguments.dropFirst() + ["-e", "SELECT X'01' AS b, 2"]
        let theirs = try CommandRun.of(official, words)
        #expect(try CommandRun.of(CommandRun.demo, words + server.ownArguments) == theirs, "\(lines)")
        #expect(theirs.exitCode == 0)
      }
    }
  }
}
