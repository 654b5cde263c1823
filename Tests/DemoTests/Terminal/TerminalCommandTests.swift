import Foundation
import Testing

extension Demo {
  /// The client's commands and options that only a terminal has: prompt, pager, tee, edit, reconnect, the status line.
  @Suite(.live, .atTerminal) struct TerminalCommands {
    @Test(arguments: DemoServer.all)
    func theDefaultPromptIsTheOfficialOne(_ server: DemoServer) throws {
      let terminal = try server.openTerminal()
      let text = try #require(terminal.read(until: " [(none)]> "))
      #expect(text.contains("\nMariaDB [") || text.contains("\nMySQL ["))
      terminal.type("prompt \\u in \\d>\\_\r")
      #expect(terminal.read(until: "PROMPT set to '\\u in \\d>\\_'\nroot in (none)> ") != nil)
      terminal.type("prompt\r")
      #expect(terminal.read(until: "Returning to default PROMPT of \\N [\\d]> \n") != nil)
    }

    @Test(arguments: DemoServer.all)
    func optionsAndTheEnvironmentSetThePrompt(_ server: DemoServer) throws {
      #expect(try server.openTerminal(["--prompt=a\\_\\S "]).read(until: "\na ; ") != nil)
      #expect(
        try server.openTerminal(environment: ["MYSQL_PS1": "from here> "]).read(until: "\nfrom here> ") != nil
      )
    }

    @Test(arguments: DemoServer.all)
    func pagersShowResults(_ server: DemoServer) throws {
      let terminal = try server.openSession(["--pager=sed s/^/seen:/"])
      terminal.type("SELECT 5 AS n;\r")
      #expect(terminal.read(until: "seen:+---+\nseen:| n |\n") != nil)
      #expect(terminal.read(until: "\n1 row in set (") != nil)
      terminal.type("nopager\r")
      #expect(terminal.read(until: "PAGER set to stdout\n") != nil)
      terminal.type("SELECT 6 AS n;\r")
      let plain = try #require(terminal.read(until: "1 row in set ("))
      #expect(!plain.contains("seen:") && plain.contains("| 6 |"))
      terminal.type("\\P tr 7 8\r")
      #expect(terminal.read(until: "PAGER set to 'tr 7 8'\n") != nil)
      terminal.type("SELECT 7 AS n;\r")
      #expect(terminal.read(until: "| 8 |") != nil)
    }

    @Test(arguments: DemoServer.all)
    func teesKeepASession(_ server: DemoServer) throws {
      let folder = try Folder()
      defer { folder.remove() }
      let path = try folder.write("before\n", "tee.txt")
      let terminal = try server.openTerminal(["--tee=\(path)"])
      #expect(terminal.read(until: "Logging to file '\(path)'\n") != nil)
      _ = try #require(terminal.read(until: "]> "))
      terminal.type("SELECT 5 AS n;\r")
      _ = try #require(terminal.read(until: "1 row in set ("))
      terminal.type("SELECT nosuch;\r")
      _ = try #require(terminal.read(until: "ERROR 1054"))
      terminal.type("\\t\r")
      _ = try #require(terminal.read(until: "Outfile disabled.\n"))
      terminal.type("SELECT 6 AS n;\rexit\r")
      #expect(terminal.wait() == 0)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasPrefix("before\n"))
      #expect(text.contains("> SELECT 5 AS n;\n+---+\n| n |\n+---+\n| 5 |\n+---+\n1 row in set ("))
      #expect(text.contains("ERROR 1054 (42S22)") && !text.contains("SELECT 6"))
    }

    @Test(arguments: DemoServer.all)
    func anEditorChangesTheLastStatement(_ server: DemoServer) throws {
      let terminal = try server.openSession(environment: ["EDITOR": "sed -i s/11/22/"])
      terminal.type("SELECT 11 AS n;\r")
      _ = try #require(terminal.read(until: "| 11 |"))
      terminal.type("\\e\r")
      _ = try #require(terminal.read(until: "    -> "))
      terminal.type(";\r")
      #expect(terminal.read(until: "| 22 |") != nil)
    }

    @Test(arguments: DemoServer.all)
    func aLostConnectionIsMadeAgainUnlessForbidden(_ server: DemoServer) throws {
      for (options, text) in [
        ([], "No connection. Trying to reconnect...\nConnection id:    "),
        (["--skip-reconnect"], "ERROR 2006 (HY000): Server has gone away\n"),
      ] {
        let terminal = try server.openSession(options)
        terminal.type("KILL CONNECTION_ID();\r")
        _ = try #require(terminal.read(until: "ERROR "))
        _ = try #require(terminal.read(until: "]> "))
        terminal.type("SELECT 1;\r")
        #expect(terminal.read(until: text) != nil)
      }
    }

    @Test(arguments: DemoServer.all)
    func aLineShowsThatAStatementRuns(_ server: DemoServer) throws {
      let terminal = try server.openSession()
      terminal.type("SELECT SLEEP(2.5) AS slept;\r")
      #expect(terminal.read(until: "1 s, 0 rows; Ctrl-C stops the statement") != nil)
      #expect(terminal.read(until: "2 s, 0 rows; Ctrl-C stops the statement") != nil)
      #expect(terminal.read(until: "|     0 |") != nil)
    }
  }
}
