import Foundation
import MySQL
import MySQLTesting
import Testing

@testable import mysql_demo

extension Demo {
  /// What `--wait` waits for, and what it does not.
  @Suite struct Waiting {
    private static func options(_ port: Int) -> [String] {
      ["--no-defaults", "-h127.0.0.1", "-P\(port)", "-uroot", "--ssl-mode=disabled"]
    }

    @Sendable private static func serve(_ connection: ScriptedConnection) throws {
      _ = try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .query("SELECT 1"): try connection.sendResult(columns: ["a"], rows: [["here"]])
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }

    /// Starts a server that begins to listen a second from now.
    private func lateServer(_ port: Int) -> Task<ScriptedServer, any Error> {
      Task.detached {
        try await Task.sleep(for: .seconds(1))
        return try ScriptedServer(at: .tcp("127.0.0.1", port: port), Self.serve)
      }
    }

    @Test(arguments: [true, false])
    func waitsForAServerThatStartsLate(_ isScript: Bool) async throws {
      let port = Int(try LocalListener.closedPort())
      let start = ContinuousClock.now
      let starting = lateServer(port)
      let words = Self.options(port) + ["-N", "--wait=30"] + (isScript ? [] : ["-e", "SELECT 1"])
      let run = try CommandRun.of(CommandRun.demo, words, input: Data((isScript ? "SELECT 1;\n" : "").utf8))
      let time = start.duration(to: .now)
      try await starting.value.stop()
      #expect(run == CommandRun(output: Data("here\n".utf8), errors: Data(), exitCode: 0), "\(run.errorText)")
      #expect(time >= .seconds(1) && time < .seconds(10))
    }

    @Test func waitsForASocketThatComesLate() async throws {
      let folder = try Folder()
      defer { folder.remove() }
      let path = folder.url.appendingPathComponent("s").path
      let starting = Task.detached {
        try await Task.sleep(for: .milliseconds(500))
        return try ScriptedServer(at: .unix(path: path), Self.serve)
      }
      let run = try CommandRun.of(
        CommandRun.demo,
        ["--no-defaults", "-S\(path)", "-uroot", "--ssl-mode=disabled", "-N", "--wait=30"]
          + ["-e", "SELECT 1"])
      try await starting.value.stop()
      #expect(run.outputText == "here\n", "\(run.errorText)")
    }

    @Test func waitsForRoomAndForAServerThatIsStarting() throws {
      let server = try ScriptedServer { connection in
        switch connection.index {
        case 0: try connection.sendError(1040, state: nil, message: "Too many connections")
        case 1:
          try connection.sendGreeting()
          _ = try connection.readLogin()
          try connection.sendError(1053, state: "08S01", message: "Server shutdown in progress")
        case 2: connection.close()
        case 3:
          try connection.sendGreeting()
          _ = try connection.readLogin()
          connection.reset()
        // Says nothing.
        case 4: try connection.stall()
        default: try Self.serve(connection)
        }
      }
      defer { server.stop() }
      let run = try CommandRun.of(
        CommandRun.demo,
        Self.options(server.port) + ["--connect-timeout=1", "--wait=30", "-N", "-e", "SELECT 1"])
      #expect(run.outputText == "here\n", "\(run.errorText)")
      #expect(run.errors.isEmpty)
      #expect(server.connections.count == 6)
    }

    @Test(arguments: ["9223372036854775807", "18446744073709551615"])
    func theLongestTimesConnect(seconds: String) throws {
      let server = try ScriptedServer(Self.serve)
      defer { server.stop() }
      for words in [["--connect-timeout=\(seconds)"], ["--connect-timeout=\(seconds)", "--wait=31536000"]] {
        let run = try CommandRun.of(
          CommandRun.demo, Self.options(server.port) + words + ["-N", "-e", "SELECT 1"])
        #expect(
          run == CommandRun(output: Data("here\n".utf8), errors: Data(), exitCode: 0), "\(run.errorText)")
      }
    }

    @Test func failsAtOnceWhereWaitingDoesNotHelp() throws {
      for (code, state, message) in [
        (1045, "28000", "Access denied for user 'root'@'localhost' (using password: YES)"),
        (1049, "42000", "Unknown database 'nosuch'"), (1130, "HY000", "Host is not allowed"),
      ] {
        let server = try ScriptedServer { connection in
          try connection.sendGreeting()
          _ = try connection.readLogin()
          try connection.sendError(UInt16(code), state: state, message: message)
        }
        defer { server.stop() }
        let run = try CommandRun.of(
          CommandRun.demo, Self.options(server.port) + ["--wait=60", "-e", "SELECT 1"])
        #expect(run.exitCode == 1)
        #expect(run.errorText == "ERROR \(code) (\(state)): \(message)\n")
        #expect(server.connections.count == 1, "\(message)")
      }
      let listener = try LocalListener { connection in
        let words = Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)
        _ = send(connection, words, words.count, 0)
      }
      defer { listener.stop() }
      let start = ContinuousClock.now
      let run = try CommandRun.of(
        CommandRun.demo, Self.options(Int(listener.port)) + ["--wait=60", "-e", "SELECT 1"])
      #expect(run.exitCode == 1)
      #expect(start.duration(to: .now) < .seconds(20))
    }

    @Test func givesUpWhenTheTimeIsOver() throws {
      let port = Int(try LocalListener.closedPort())
      for (wait, range) in [("--wait=0", 0.0..<20.0), ("--wait=2", 2.0..<20.0)] {
        let start = ContinuousClock.now
        let run = try CommandRun.of(CommandRun.demo, Self.options(port) + [wait, "-e", "SELECT 1"])
        let time = start.duration(to: .now)
        #expect(run.exitCode == 1)
        #expect(run.errorText == "ERROR 2002 (HY000): Can't connect to server on '127.0.0.1' (115)\n")
        #expect(time >= .seconds(range.lowerBound) && time < .seconds(range.upperBound), "\(wait): \(time)")
      }
    }

    @Test(.atTerminal)
    func saysAtATerminalWhatItWaitsForInOneLine() async throws {
      let port = Int(try LocalListener.closedPort())
      let terminal = try PseudoTerminal(
        CommandRun.demo, Self.options(port) + ["--wait=30"], environment: ["HOME": "/nonexistent"])
      let waiting = "Waiting for 127.0.0.1:\(port): nothing listens there ("
      #expect(terminal.read(until: waiting + "0 of 30 s)") != nil)
      let shown = try #require(terminal.read(until: waiting + "1 of 30 s)"))
      #expect(!shown.contains("\n"))
      let server = try ScriptedServer(at: .tcp("127.0.0.1", port: port), Self.serve)
      defer { server.stop() }
      #expect(terminal.read(until: "[(none)]> ") != nil)
      terminal.type("SELECT 1;\r")
      #expect(terminal.read(until: "| here |") != nil)
    }

    @Test(.atTerminal)
    func endsWithControlC() throws {
      let port = Int(try LocalListener.closedPort())
      let terminal = try PseudoTerminal(CommandRun.demo, Self.options(port) + ["--wait"])
      _ = try #require(terminal.read(until: "Waiting for "))
      terminal.type("\u{03}")
      #expect(terminal.wait() == 128 + SIGINT || terminal.wait() == SIGINT)
    }

    @Test(.live, arguments: DemoServer.all)
    func refusesAWrongPasswordAtOnce(_ server: DemoServer) throws {
      let start = ContinuousClock.now
      for (words, code) in [(["-unosuchuser", "-pwrong"], "1045"), (["-Dnosuchdatabase"], "1049")] {
        let run = try CommandRun.of(
          CommandRun.demo, server.arguments + server.ownArguments + words + ["--wait=60", "-e", "SELECT 1"])
        #expect(run.exitCode == 1)
        #expect(run.errorText.hasPrefix("ERROR \(code) "), "\(run.errorText)")
      }
      #expect(start.duration(to: .now) < .seconds(20))
    }
  }
}
