import Foundation
import Testing

extension Demo {
  /// The options that decide which statements run, and how they are read.
  @Suite(.live, .official) struct StatementOptions {
    @Test(arguments: DemoServer.all)
    func limitStatementsInTheSameWay(_ server: DemoServer) async throws {
      let input = """
        CREATE TABLE t (id INT PRIMARY KEY, n INT); INSERT INTO t VALUES (1, 1), (2, 2), (3, 3);
        SELECT @@sql_safe_updates, @@sql_select_limit, @@max_join_size; UPDATE t SET n = 0; DELETE FROM t;
        UPDATE t SET n = 9 WHERE id = 1; SELECT id FROM t ORDER BY id; SELECT COUNT(*) FROM t a, t b, t c;
        """
      for mode in [
        ["-U"], ["--safe-updates", "--select-limit=2"], ["--i-am-a-dummy", "--max-join-size=1k"],
        ["--select-limit=2"],
      ] {
        try await server.compare(mode + ["-f", "-vv"], Data(input.utf8), "limits")
      }
    }

    @Test(arguments: DemoServer.all)
    func passOverOtherDatabasesInTheSameWay(_ server: DemoServer) async throws {
      let input = """
        SELECT 1;
        use mysql
        SELECT 2;
        SET @a = 1;
        sel 3;
        SELECT 4\\g SELECT 5\\G
        use demo_difference
        SELECT 6; SELECT DATABASE();
        use mysql;
        SELECT 7
        """
      for mode in [["-o"], ["-o", "demo_difference"], ["-o", "demo_difference", "-vv"], ["--one-database"]] {
        try await server.compare(mode + ["-f"], Data(input.utf8), "one database")
      }
    }

    @Test(arguments: DemoServer.all)
    func readStatementsInTheSameWay(_ server: DemoServer) async throws {
      let named = "SELECT 1\nprint\nuse mysql\n;SELECT 2\nclear\nSELECT 'a\nprint\n';\nprompt a b\n"
      let bytes = Data("SELECT HEX('a\r\n".utf8) + [0] + Data("b') AS x;\r\n".utf8)
      let binary =
        bytes + Data("source /nosuch\n;\nSELECT 3\\G\n;delimiter //\n\nDELIMITER //\nSELECT 4//\n".utf8)
      let spaces =
        "SELECT COUNT (*) FROM mysql.user WHERE 0; SELECT FIND_IN_SET('IGNORE_SPACE', @@sql_mode) > 0;"
      let sandbox =
        "SELECT 1;\nsystem echo no\nsource /nosuch\ntee /nosuch\n\\! echo no\npager cat\nSELECT 2;\n"
      for (options, input) in [
        (["-G"], Data(named.utf8)), ([], Data(named.utf8)), (["--binary-mode"], binary), ([], binary),
        (["-i"], Data(spaces.utf8)), ([], Data(spaces.utf8)), (["--sandbox"], Data(sandbox.utf8)),
        ([], Data("sandbox\n\(sandbox)".utf8)), (["--sigint-ignore"], Data("SELECT 1;".utf8)),
      ] {
        try await server.compare(options + ["-f"], input, "\(options)")
        try await server.compare(options, input, "\(options)")
      }
    }

    /// The editor of `edit` changes the statement, in scripts too.
    @Test(arguments: DemoServer.all)
    func editStatementsInTheSameWay(_ server: DemoServer) async throws {
      let input = Data("SELECT 1\n\\e\n;\nSELECT 'next';\nedit\nSELECT 3;\n".utf8)
      try await server.compare(["-f"], input, "edit", environment: ["EDITOR": "sed -i s/1/77/"])
      try await server.compare(["-f"], input, "edit", environment: ["EDITOR": "true", "VISUAL": "false"])
    }
  }
}
