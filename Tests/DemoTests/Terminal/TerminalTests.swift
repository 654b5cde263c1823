import Foundation
import MySQL
import Testing

@testable import mysql_demo

extension Demo {
  /// The state in which the terminal is left, and what reaches it.
  @Suite(.atTerminal) struct Terminals {
    private static let own = ["echo", "icanon", "isig", "iexten"]

    @Test(.live, arguments: DemoServer.all, [SIGTERM, SIGHUP])
    func hasItsModesAgainAfterASignal(_ server: DemoServer, _ signal: Int32) throws {
      let terminal = try server.openSession()
      #expect(terminal.modes != Self.own)
      try terminal.send(signal)
      #expect(terminal.wait() == 128 + signal || terminal.wait() == signal)
      #expect(terminal.modes == Self.own)
    }

    @Test(arguments: [SIGINT, SIGTERM]) func showsWhatIsTypedAgainAfterASignalAtThePassword(
      _ signal: Int32
    ) throws {
      let terminal = try PseudoTerminal(CommandRun.demo, ["--no-defaults", "-h127.0.0.1", "-P1", "-p"])
      _ = try #require(terminal.read(until: "Enter password: "))
      #expect(!terminal.modes.contains("echo"))
      if signal == SIGINT { terminal.type("\u{03}") } else { try terminal.send(signal) }
      #expect(terminal.wait() == 128 + signal || terminal.wait() == signal)
      #expect(terminal.modes == Self.own)
    }

    /// Waits for the terminal's own modes, and returns whether they came.
    private func hasOwnModes(_ terminal: PseudoTerminal) -> Bool {
      let deadline = Date().addingTimeInterval(10)
      while terminal.modes != Self.own, Date() < deadline { usleep(10_000) }
      return terminal.modes == Self.own
    }

    @Test(.live, arguments: DemoServer.all)
    func isGivenToTheCommandsOfTheSystem(_ server: DemoServer) throws {
      let terminal = try server.openSession()
      terminal.type("system cat\r")
      #expect(hasOwnModes(terminal))
      // In its own modes, the terminal shows what is typed, and cat repeats it.
      terminal.type("round trip\n")
      #expect(terminal.read(until: "round trip\nround trip\n") != nil)
      terminal.type("\u{04}")
      #expect(terminal.read(until: "[(none)]> ") != nil)
      terminal.type("system sleep 100\r")
      #expect(hasOwnModes(terminal))
      usleep(100_000)
      terminal.type("\u{03}")
      #expect(terminal.read(until: "[(none)]> ") != nil)
      terminal.type("SELECT 'still here' AS s;\r")
      #expect(terminal.read(until: "| still here |") != nil)
    }

    @Test(.live, arguments: DemoServer.all)
    func isNotSteeredByWhatAServerSays(_ server: DemoServer) async throws {
      try await server.run(
        "DROP DATABASE IF EXISTS `demo_\u{1B}[31m`", "CREATE DATABASE `demo_\u{1B}[31m`",
        """
        CREATE PROCEDURE `demo_\u{1B}[31m`.p() BEGIN
          DECLARE text VARCHAR(100) DEFAULT CONCAT('red', CHAR(27), '[31m', CHAR(7), 'RED');
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = text;
        END
        """)
      let terminal = try server.openSession(["-Ddemo_\u{1B}[31m"], prompt: "[demo_\\x1b[31m]> ")
      terminal.type("CALL p();\r")
      // MariaDB escapes it too, in its own way.
      #expect(terminal.read(until: "ERROR 1644 (45000): red\\") != nil)
      terminal.type("SELECT CONCAT('a', CHAR(27), '[31m', CHAR(155), '31m') AS x;\r")
      #expect(terminal.read(until: "| a\\x1b[31m") != nil)
      try await server.run("DROP DATABASE `demo_\u{1B}[31m`")
    }

    /// In a script, the bytes are those of the official command.
    @Test(.live, .official, arguments: DemoServer.all)
    func scriptsGetTheBytesThatTheServerSends(_ server: DemoServer) throws {
      let sql = "SELECT CONCAT('a', CHAR(27), '[31m') AS x; SELECT `a\u{1B}[31m`"
      let theirs = try CommandRun.of(try #require(CommandRun.official), server.arguments + ["-e", sql])
      let ours = try CommandRun.of(CommandRun.demo, server.arguments + server.ownArguments + ["-e", sql])
      #expect(ours == theirs)
      #expect(ours.output.contains(0x1B))
    }

    @Test(.live, arguments: DemoServer.all)
    func takesPastedTabsAsTheyAre(_ server: DemoServer) throws {
      let terminal = try server.openSession()
      terminal.type("SELECT 'a\tb' = CONCAT('a', CHAR(9), 'b') AS equal, 'end' AS e;\r")
      let shown = try #require(terminal.read(until: "| end |"))
      #expect(shown.hasSuffix("|     1 | end |"))
    }

    @Test(.live, arguments: DemoServer.all)
    func takesALongLineThatIsPasted(_ server: DemoServer) throws {
      let terminal = try server.openSession()
      terminal.type("SELECT LENGTH('")
      for _ in 0..<100 { terminal.typeAll(String(repeating: "x", count: 1000)) }
      terminal.typeAll("') AS n;\r")
      #expect(terminal.read(until: "| 100000 |", seconds: 30) != nil)
    }
  }
}
