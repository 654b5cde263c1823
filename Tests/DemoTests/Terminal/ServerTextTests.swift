import Foundation
import MySQLTesting
import Testing

extension Demo {
  /// What a server says about itself, with sequences in it that would control the terminal.
  @Suite(.atTerminal) struct ServerTexts {
    /// Sets the title of a window, and colours what follows, in the 7-bit form and in the 8-bit form.
    private static let hostile = "\u{1B}]0;PWNED\u{7}\u{1B}[31m\u{9B}31m"
    private static let shown = "\\x1b]0;PWNED\\x07\\x1b[31m\\x9b31m"

    /// A server that says it in its greeting, in rows and in errors.
    private func server() throws -> ScriptedServer {
      try ScriptedServer { connection in
        var greeting = ServerGreeting.mysql
        greeting.version = "8.4.0-" + Self.hostile
        _ = try connection.acceptLogin(greeting)
        while true {
          switch try connection.readCommand() {
          case .query(let sql) where sql.hasPrefix("SELECT DATABASE(), USER()"):
            let names: [ServerScript.Column] = ["database", "account", "comment", "a", "b", "c", "d"]
            try connection.sendResult(
              columns: names, rows: [names.map { .text("\($0.name) " + Self.hostile) }])
          case .query("SELECT USER()"):
            try connection.sendResult(columns: ["u"], rows: [[.text("user " + Self.hostile)]])
          case .query("SELECT DATABASE()"):
            try connection.sendResult(columns: ["d"], rows: [[.text("database " + Self.hostile)]])
          case .query("SELECT 'error'"):
            try connection.sendError(1644, state: "45000", message: "error " + Self.hostile)
          case .query("SELECT 'info'"): try connection.sendOK(affectedRows: 1, info: "info " + Self.hostile)
          case .quit: return
          default: try connection.sendOK()
          }
        }
      }
    }

    private func words(_ server: ScriptedServer) -> [String] {
      ["--no-defaults", "-h127.0.0.1", "-P\(server.port)", "-utest", "--ssl-mode=disabled"]
    }

    /// Reads up to the text, which must come with what is visible of the sequences before it, and nothing else of them.
    private func expectVisible(_ terminal: PseudoTerminal, _ before: String, until end: String) {
      guard let text = terminal.read(until: end) else {
        Issue.record("'\(end)' did not come, but: \(terminal.output)")
        return
      }
      #expect(text.contains(before + Self.shown), "\(text)")
      // The editor's own sequences begin with ESC [ and are left out of what is read.
      #expect(!text.unicodeScalars.contains { ["\u{1B}", "\u{7}", "\u{9B}"].contains($0) }, "\(text)")
    }

    @Test func areVisibleTextInASessionAtATerminal() throws {
      let server = try server()
      defer { server.stop() }
      let terminal = try PseudoTerminal(CommandRun.demo, words(server), environment: ["HOME": "/nonexistent"])
      expectVisible(terminal, "MySQL 8.4.0-", until: "MySQL [(none)]> ")
      terminal.type("\\s\r")
      expectVisible(terminal, "Current database:\tdatabase ", until: "Current user:")
      expectVisible(terminal, "account ", until: "Server version:")
      expectVisible(terminal, "8.4.0-", until: "Protocol version:")
      expectVisible(terminal, "characterset:\td ", until: "MySQL [(none)]> ")
      terminal.type("SELECT 'error';\r")
      expectVisible(terminal, "ERROR 1644 (45000): error ", until: "\\x9b31m")
      terminal.type("SELECT 'info';\r")
      expectVisible(terminal, "\ninfo ", until: "\\x9b31m")
      terminal.type("prompt \\v\\S\\S\\U\\S\\S\\S\r")
      expectVisible(terminal, "8.4.0-", until: ";;")
      expectVisible(terminal, "user ", until: ";;;")
      terminal.type("\u{04}")
      #expect(terminal.wait() == 0)
    }

    @Test func areTheServersBytesInAScript() throws {
      let server = try server()
      defer { server.stop() }
      let status = try CommandRun.of(CommandRun.demo, words(server) + ["-e", "\\s"])
      #expect(status.exitCode == 0)
      #expect(status.outputText.contains("Server version:\t\t8.4.0-" + Self.hostile + " comment "))
      let error = try CommandRun.of(CommandRun.demo, words(server) + ["-e", "SELECT 'error'"])
      #expect(error.errorText.hasSuffix("ERROR 1644 (45000) at line 1: error \(Self.hostile)\n"))
    }

    @Test(.official) func areTheBytesOfTheOfficialCommandInAScript() throws {
      let server = try server()
      defer { server.stop() }
      for statement in ["SELECT 'error'", "SELECT DATABASE()"] {
        let theirs = try CommandRun.of(
          try #require(CommandRun.official), words(server).dropLast() + ["-e", statement])
        let ours = try CommandRun.of(CommandRun.demo, words(server) + ["-e", statement])
        #expect(ours == theirs, "\(Difference(ours: ours, theirs: theirs))")
        #expect((ours.output + ours.errors).contains(0x1B))
      }
    }

    @Test func areVisibleTextInTheDoctorsReport() throws {
      let server = try server()
      defer { server.stop() }
      let words = ["doctor"] + words(server) + ["--connect-timeout=1"]
      expectVisible(
        try PseudoTerminal(CommandRun.demo, words), "\nserver    MySQL 8.4.0-", until: "\nlogin ")
      // A report is for reading, in a file too.
      let run = try CommandRun.of(CommandRun.demo, words)
      #expect(run.outputText.contains("\nserver    MySQL 8.4.0-" + Self.shown))
      #expect(!run.output.contains { $0 < 0x20 && $0 != 0x0A })
    }

    @Test func areVisibleTextInTheReasonWhyAServerRefuses() throws {
      let server = try ScriptedServer { connection in
        try connection.sendError(1130, state: nil, message: "no entry " + Self.hostile)
      }
      defer { server.stop() }
      let own = words(server)
      expectVisible(
        try PseudoTerminal(CommandRun.demo, own), "ERROR 1130 (HY000): no entry ", until: "\n")
      let report = try PseudoTerminal(CommandRun.demo, ["doctor"] + own + ["--connect-timeout=1"])
      #expect(report.read(until: "FAILED") != nil)
      let text = report.read(until: "on the server: ") ?? ""
      #expect(!text.unicodeScalars.contains { ["\u{1B}", "\u{7}", "\u{9B}"].contains($0) }, "\(text)")
    }

    @Test func areVisibleTextInADecodedCapture() throws {
      let folder = try Folder()
      defer { folder.remove() }
      let path = folder.path + "/hostile.pcap"
      let session = try CapturedSession(path)
      try session.logIn(version: "8.4.0-" + Self.hostile)
      try session.query("SELECT '\(Self.hostile)'", rows: 1, of: 1)
      let terminal = try PseudoTerminal(CommandRun.demo, ["decode", path])
      expectVisible(terminal, "Greeting  version=8.4.0-", until: "COM_QUERY")
      expectVisible(terminal, "'SELECT \\'", until: "ColumnCount")
      let run = try CommandRun.of(CommandRun.demo, ["decode", path])
      #expect(run.outputText.contains("version=8.4.0-" + Self.shown))
      #expect(!run.output.contains { $0 < 0x20 && $0 != 0x0A })
    }
  }
}
