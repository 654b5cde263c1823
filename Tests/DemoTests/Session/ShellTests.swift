import Foundation
import MySQL
import Testing

extension Demo {
  @Suite(.live, .atTerminal) struct Shell {
    private static let left = "\u{1B}[D"
    private static let up = "\u{1B}[A"

    private func open(_ server: DemoServer, home: URL) throws -> PseudoTerminal {
      try server.openSession(environment: ["HOME": home.path])
    }

    private func withHome(_ body: (URL) async throws -> Void) async throws {
      let home = FileManager.default.temporaryDirectory.appendingPathComponent("demo-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: home) }
      try await body(home)
    }

    @Test(arguments: DemoServer.all)
    func editsLinesAndShowsTables(_ server: DemoServer) async throws {
      try await withHome { home in
        let terminal = try open(server, home: home)
        terminal.type("selct 'wide' AS w, '日本' AS j;")
        // Back to the missing letter: to the line's start and three to the right.
        terminal.type("\u{01}\u{1B}[C\u{1B}[C\u{1B}[Ce\u{05}\r")
        let table = try #require(terminal.read(until: "1 row in set ("))
        #expect(
          table.contains(
            """
            +------+------+
            | w    | j    |
            +------+------+
            | wide | 日本 |
            +------+------+
            """))
        terminal.type("SELECT 1\r")
        #expect(terminal.read(until: "    -> ") != nil)
        terminal.type("+ 2 AS three\r;\r")
        #expect(try #require(terminal.read(until: "1 row in set (")).contains("|     3 |"))
        terminal.type(Self.up + "\r")
        let again = try #require(terminal.read(until: "1 row in set ("))
        #expect(again.contains("[(none)]> SELECT 1 + 2 AS three ;") && again.contains("|     3 |"))
        // Before the prompt appears, Ctrl-C would be taken for the query.
        #expect(terminal.read(until: "[(none)]> ") != nil)
        terminal.type("SELECT 'never run\u{03}")
        #expect(terminal.read(until: "^C\n") != nil)
        terminal.type("SELECT 1 AS one, 'x' AS two\\G\r")
        #expect(try #require(terminal.read(until: "1 row in set (")).contains("one: 1\ntwo: x\n"))
        terminal.type("SELECT REPEAT('x', 100) AS wide, 5 AS n;\r")
        #expect(try #require(terminal.read(until: "1 row in set (")).contains("   n: 5\n"))
        terminal.type("SELECT 1 / 0;\r")
        #expect(terminal.read(until: "1 row in set, 1 warning (") != nil)
        #expect(terminal.read(until: "Warning (Code 1365): Division by 0") != nil)
        terminal.type("SELECT nosuch;\r")
        #expect(terminal.read(until: "ERROR 1054 (42S22): Unknown column 'nosuch'") != nil)
        terminal.type("\\u mysql\r")
        #expect(terminal.read(until: "[mysql]> ") != nil)
        terminal.type("\\s\r")
        #expect(terminal.read(until: "Current database:\tmysql") != nil)
        #expect(terminal.read(until: "Queries per second avg: ") != nil)
        terminal.type("help\r")
        #expect(terminal.read(until: "source    (\\.) Run the statements of a file.") != nil)
        terminal.type("exit;\r")
        #expect(terminal.read(until: "Bye") != nil)
        #expect(terminal.wait() == 0)
      }
    }

    @Test(arguments: DemoServer.all)
    func stopsAQueryByControlC(_ server: DemoServer) async throws {
      try await withHome { home in
        let terminal = try open(server, home: home)
        terminal.type("SELECT CONNECTION_ID() AS id\\G\r")
        let shown = try #require(terminal.read(until: "1 row in set ("))
        let id = try #require(shown.firstMatch(of: /id: (\d+)/)?.output.1)
        terminal.type("SELECT SLEEP(30);\r")
        try await Task.sleep(for: .milliseconds(500))
        #expect(try await isSleeping(server, id))
        let start = ContinuousClock().now
        terminal.type("\u{03}")
        while try await isSleeping(server, id), ContinuousClock().now - start < .seconds(5) {
          try await Task.sleep(for: .milliseconds(20))
        }
        #expect(ContinuousClock().now - start < .seconds(2))
        terminal.type("SELECT CONNECTION_ID() AS still\\G\r")
        #expect(terminal.read(until: "still: \(id)\n") != nil)
        terminal.type("\u{04}")
        #expect(terminal.read(until: "Bye") != nil)
        #expect(terminal.wait() == 0)
      }
    }

    private func isSleeping(_ server: DemoServer, _ id: Substring) async throws -> Bool {
      try await MySQLConnection.with(server.configuration) { connection in
        let rows = try await connection.query(
          "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = \(unsafe: String(id)) AND INFO LIKE '%SLEEP%'"
        )
        return try await rows.collect()[0].decode(Int.self) > 0
      }
    }

    @Test(arguments: DemoServer.all)
    func keepsAHistoryWithoutPasswords(_ server: DemoServer) async throws {
      try await withHome { home in
        let terminal = try open(server, home: home)
        terminal.type("SELECT 'remember me';\r")
        #expect(terminal.read(until: "1 row in set (") != nil)
        for statement in [
          "CREATE USER demo_history IDENTIFIED BY 'geheim1';", "SET @password = 'geheim2';",
          "ALTER USER demo_history\rIDENTIFIED BY\r'geheim3';", "DROP USER demo_history;",
        ] {
          terminal.type(statement + "\r")
          #expect(terminal.read(until: "Query OK") != nil, "\(statement)")
        }
        terminal.type("exit\r")
        #expect(terminal.wait() == 0)
        let file = home.appendingPathComponent(".mysql_demo_history")
        let history = try String(contentsOf: file, encoding: .utf8)
        #expect(history.contains("SELECT 'remember me';") && history.contains("DROP USER demo_history;"))
        #expect(!history.contains("geheim"))
        let rights = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
        #expect(rights as? Int == 0o600)
        let next = try open(server, home: home)
        next.type(Self.up + Self.up + Self.up)
        #expect(next.read(until: "SELECT 'remember me';") != nil)
      }
    }

    @Test(arguments: DemoServer.all)
    func asksForThePasswordWithoutShowingIt(_ server: DemoServer) async throws {
      try await server.run(
        "DROP USER IF EXISTS demo_prompt@'%'", "CREATE USER demo_prompt@'%' IDENTIFIED BY 'geheim4'")
      let terminal = try PseudoTerminal(
        CommandRun.demo,
        server.arguments + server.ownArguments + ["-udemo_prompt", "-p", "-e", "SELECT 'in'"])
      #expect(terminal.read(until: "Enter password: ") != nil)
      terminal.type("geheim4\r")
      let shown = terminal.read(until: "| in |")
      try await server.run("DROP USER demo_prompt@'%'")
      #expect(try #require(shown).contains("geheim4") == false)
    }
  }
}
