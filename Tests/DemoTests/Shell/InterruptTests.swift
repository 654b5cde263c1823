import Foundation
import MySQL
import Testing

@testable import mysql_demo

extension Demo {
  /// What Ctrl-C stops.
  @Suite(.live, .enabled(if: PseudoTerminal.isAvailable, "setsid is not installed (util-linux)"))
  struct Interrupting {
    private func open(_ server: DemoServer) throws -> PseudoTerminal {
      let terminal = try PseudoTerminal(
        CommandRun.demo, server.arguments + server.ownArguments, environment: ["HOME": "/nonexistent"])
      _ = try #require(terminal.read(until: "mysql> "))
      return terminal
    }

    /// Returns how many sessions run a statement with this text.
    private func count(_ text: String, at server: DemoServer) async throws -> Int {
      try await MySQLConnection.with(server.configuration) { connection in
        try await connection.query("SHOW FULL PROCESSLIST").collect()
          .count { $0["Info"].map { String(decoding: $0.bytes, as: UTF8.self).contains(text) } ?? false }
      }
    }

    private func wait(
      for text: String, toRun isRunning: Bool, at server: DemoServer
    ) async throws -> Bool {
      let start = ContinuousClock().now
      while ContinuousClock().now - start < .seconds(10) {
        if try await (count(text, at: server) > 0) == isRunning { return true }
        try await Task.sleep(for: .milliseconds(20))
      }
      return false
    }

    @Test(arguments: DemoServer.all)
    func stopsEachStatementOfALineByItsOwnControlC(_ server: DemoServer) async throws {
      let terminal = try open(server)
      terminal.type("SELECT SLEEP(61); SELECT SLEEP(62); SELECT 63 AS third;\r")
      for sleep in ["SLEEP(61)", "SLEEP(62)"] {
        #expect(try await wait(for: sleep, toRun: true, at: server))
        terminal.type("\u{03}")
        #expect(try await wait(for: sleep, toRun: false, at: server))
      }
      #expect(terminal.read(until: "|    63 |") != nil)
      terminal.type("\u{04}")
      #expect(terminal.read(until: "Bye") != nil)
      #expect(terminal.wait() == 0)
    }

    @Test(arguments: DemoServer.all)
    func stopsAFileThatSourceReads(_ server: DemoServer) async throws {
      let folder = try Folder()
      defer { folder.remove() }
      let file = try folder.write(
        "SELECT SLEEP(64);\nSELECT SLEEP(65);\nSELECT 'not to be seen';\n", "many.sql")
      let terminal = try open(server)
      terminal.type("source \(file)\r")
      #expect(try await wait(for: "SLEEP(64)", toRun: true, at: server))
      terminal.type("\u{03}")
      #expect(terminal.read(until: "mysql> ") != nil)
      #expect(try await count("SLEEP(65)", at: server) == 0)
      terminal.type("SELECT 'again' AS a;\r")
      let shown = try #require(terminal.read(until: "| again |"))
      #expect(!shown.contains("not to be seen"))
    }

    @Test(arguments: DemoServer.all)
    func stopsAStatementOfAConnectionThatWasMadeAnew(_ server: DemoServer) async throws {
      let terminal = try open(server)
      terminal.type("SELECT CONNECTION_ID() AS id\\G\r")
      let shown = try #require(terminal.read(until: "1 row in set ("))
      let id = try #require(shown.firstMatch(of: /id: (\d+)/)?.output.1)
      try await server.run("KILL \(unsafe: String(id))")
      terminal.type("SELECT SLEEP(66) + 0 * 333;\r")
      // The server may report the end of the connection only to the statement that is lost.
      if try await !wait(for: "SLEEP(66)", toRun: true, at: server) { terminal.type("SELECT SLEEP(66);\r") }
      #expect(try await wait(for: "SLEEP(66)", toRun: true, at: server))
      terminal.type("\u{03}")
      #expect(try await wait(for: "SLEEP(66)", toRun: false, at: server))
      terminal.type("\u{04}")
      #expect(terminal.read(until: "Bye") != nil)
    }

    @Test(arguments: DemoServer.all)
    func endsByAControlDThatWasTypedWhileAStatementRan(_ server: DemoServer) async throws {
      let terminal = try open(server)
      terminal.type("SELECT SLEEP(1.67);\r")
      #expect(try await wait(for: "SLEEP(1.67)", toRun: true, at: server))
      terminal.type("SELECT 'typed ahead' AS t;\r\u{04}")
      #expect(terminal.read(until: "| typed ahead |") != nil)
      #expect(terminal.read(until: "Bye") != nil)
      #expect(terminal.wait() == 0)
    }

    @Test(.official, arguments: DemoServer.all)
    func stopsWhatAScriptRunsAsTheOfficialCommandDoes(_ server: DemoServer) async throws {
      let official = try #require(CommandRun.official)
      let folder = try Folder()
      defer { folder.remove() }
      // No other statement has this number.
      let number = Int.random(in: 1_000_000...9_999_999)
      let file = try folder.write(
        "SELECT SLEEP(60 + 0 * \(number)) AS s;\nSELECT 2;\nSELECT SLEEP(61);\n", "many.sql")
      let endless =
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900) "
        + "SELECT SUM(a.i * b.i * c.i * d.i) + 0 * \(number) AS s FROM n a, n b, n c, n d"
      for (arguments, input) in [
        (["-e", "SELECT SLEEP(60 + 0 * \(number)) AS s; SELECT 2"], ""), (["-e", "source \(file)"], ""),
        (["-B", "-e", "SELECT 1; \(endless)"], ""),
        (["-f"], "SELECT 1;\nSELECT SLEEP(60 + 0 * \(number)) AS s;\nSELECT 3;\n"),
      ] {
        let text = "\(number)"
        let theirs = try await interrupt(official, server.arguments + arguments, input, text, server)
        let ours = try await interrupt(
          CommandRun.demo, server.arguments + server.ownArguments + arguments, input, text, server)
        #expect(
          ours == theirs, "\(arguments): \(ours.outputText)\(ours.errorText) and not \(theirs.outputText)")
      }
    }

    /// Interrupts a command once its statement runs, and checks that the server stops it.
    private func interrupt(
      _ command: URL, _ arguments: [String], _ input: String, _ text: String, _ server: DemoServer
    ) async throws -> CommandRun {
      let folder = try Folder()
      defer { folder.remove() }
      let output = try folder.write("", "output")
      let errors = try folder.write("", "errors")
      let process = Process()
      process.executableURL = command
      process.arguments = arguments
      let given = try folder.write(input, "input")
      process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: given))
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
      process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
      try Self.startTakingSignals(process)
      #expect(try await wait(for: text, toRun: true, at: server))
      kill(process.processIdentifier, SIGINT)
      #expect(try await wait(for: text, toRun: false, at: server))
      process.waitUntilExit()
      return CommandRun(
        output: try Data(contentsOf: URL(fileURLWithPath: output)),
        errors: try Data(contentsOf: URL(fileURLWithPath: errors)), exitCode: process.terminationStatus)
    }

    /// Starts a process that accepts signals: the threads of this process block them, which a child would inherit.
    private static func startTakingSignals(_ process: Process) throws {
      var (none, own) = (sigset_t(), sigset_t())
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, &own)
      defer { pthread_sigmask(SIG_SETMASK, &own, nil) }
      try process.run()
    }

    @Test(arguments: DemoServer.all)
    func neverStopsTheStatementAfter(_ server: DemoServer) async throws {
      var stopped = 0
      try await MySQLConnection.with(server.configuration) { connection in
        let interrupts = Interrupts()
        interrupts.begin()
        for round in 0..<120 {
          let interruption = Task.detached {
            // The delays range from before the statement's end to after it.
            try? await Task.sleep(for: .microseconds(round * 137 % 16_000))
            interrupts.interrupt()
          }
          let isStopped = await interrupts.during(connection) { await Self.sleeps(connection, "0.008") != 0 }
          if isStopped { stopped += 1 }
          // This statement has no Ctrl-C of its own, and must not be hit by the one that was meant for the
          // statement before.
          let next = await Self.sleeps(connection, "0.004")
          #expect(next == 0, "round \(round)")
          await interruption.value
          // An interrupt that comes only now finds nothing running.
          #expect(await Self.sleeps(connection, "0.001") == 0, "round \(round)")
        }
      }
      // At one end of the range, the interrupt is always in time.
      #expect(stopped > 0)
    }

    /// Returns the result of SLEEP: 0 unless it was stopped.
    private static func sleeps(_ connection: MySQLConnection, _ seconds: String) async -> Int? {
      try? await connection.query("SELECT SLEEP(\(unsafe: seconds))").collect().first?.decode(Int.self)
    }

    @Test(arguments: DemoServer.all)
    func triesAgainWhereTheServerCouldNotBeTold(_ server: DemoServer) async throws {
      guard case .tcp(_, let port) = server.configuration.endpoint else { return }
      // Accepts the first connection and the third, and hangs up on the second.
      let relay = try LocalListener.relay(to: port, refusing: [1])
      defer { relay.stop() }
      let terminal = try PseudoTerminal(
        CommandRun.demo,
        ["--no-defaults", "-h127.0.0.1", "-P\(relay.port)", "-u\(server.configuration.user)"]
          + server.ownArguments, environment: ["HOME": "/nonexistent"])
      _ = try #require(terminal.read(until: "mysql> "))
      terminal.type("SELECT SLEEP(69);\r")
      #expect(try await wait(for: "SLEEP(69)", toRun: true, at: server))
      terminal.type("\u{03}")
      #expect(terminal.read(until: "Ctrl-C: the statement could not be stopped: ") != nil)
      terminal.type("\u{03}")
      #expect(try await wait(for: "SLEEP(69)", toRun: false, at: server))
    }
  }
}
