import MySQL
import Testing

extension Demo {
  /// What Ctrl-C stops.
  @Suite(.live, .atTerminal) struct Interrupting {
    @Test(arguments: DemoServer.all)
    func stopsEachStatementOfALineByItsOwnControlC(_ server: DemoServer) async throws {
      let terminal = try server.openSession()
      terminal.type("SELECT SLEEP(61); SELECT SLEEP(62); SELECT 63 AS third;\r")
      for sleep in ["SLEEP(61)", "SLEEP(62)"] {
        #expect(try await server.wait(for: sleep, toRun: true))
        terminal.type("\u{03}")
        #expect(try await server.wait(for: sleep, toRun: false))
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
        "SELECT SLEEP(64);\nSET @rest = 'was run';\nSELECT 'not to be seen';\n", "many.sql")
      let terminal = try server.openSession()
      terminal.type("source \(file)\r")
      #expect(try await server.wait(for: "SLEEP(64)", toRun: true))
      terminal.type("\u{03}")
      let shown = try #require(terminal.read(until: "[(none)]> "))
      #expect(!shown.contains("not to be seen"))
      terminal.type("SELECT IFNULL(@rest, 'was left out') AS rest;\r")
      #expect(terminal.read(until: "| was left out |") != nil)
    }

    @Test(arguments: DemoServer.all)
    func stopsAStatementAfterReconnecting(_ server: DemoServer) async throws {
      let terminal = try server.openSession()
      terminal.type("SELECT CONNECTION_ID() AS id\\G\r")
      let shown = try #require(terminal.read(until: "1 row in set ("))
      let id = try #require(shown.firstMatch(of: /id: (\d+)/)?.output.1)
      try await server.run("KILL \(unsafe: String(id))")
      terminal.type("SELECT SLEEP(66) + 0 * 333;\r")
      // The server may report the end of the connection only to the statement that is lost.
      if try await !server.wait(for: "SLEEP(66)", toRun: true) { terminal.type("SELECT SLEEP(66);\r") }
      #expect(try await server.wait(for: "SLEEP(66)", toRun: true))
      terminal.type("\u{03}")
      #expect(try await server.wait(for: "SLEEP(66)", toRun: false))
      terminal.type("\u{04}")
      #expect(terminal.read(until: "Bye") != nil)
    }

    @Test(arguments: DemoServer.all)
    func endsByAControlDThatWasTypedWhileAStatementRan(_ server: DemoServer) async throws {
      let terminal = try server.openSession()
      terminal.type("SELECT SLEEP(1.67);\r")
      #expect(try await server.wait(for: "SLEEP(1.67)", toRun: true))
      terminal.type("SELECT 'typed ahead' AS t;\r\u{04}")
      #expect(terminal.read(until: "| typed ahead |") != nil)
      #expect(terminal.read(until: "Bye") != nil)
      #expect(terminal.wait() == 0)
    }

    @Test(arguments: DemoServer.all)
    func triesAgainWhereTheServerCouldNotBeReached(_ server: DemoServer) async throws {
      guard case .tcp(_, let port) = server.configuration.endpoint else { return }
      // Accepts the first connection and the third, and hangs up on the second.
      let relay = try LocalListener.relay(to: port, refusing: [1])
      defer { relay.stop() }
      let terminal = try PseudoTerminal(
        CommandRun.demo,
        ["--no-defaults", "-h127.0.0.1", "-P\(relay.port)", "-u\(server.configuration.user)"]
          + server.ownArguments, environment: ["HOME": "/nonexistent"])
      _ = try #require(terminal.read(until: "[(none)]> "))
      terminal.type("SELECT SLEEP(69);\r")
      #expect(try await server.wait(for: "SLEEP(69)", toRun: true))
      terminal.type("\u{03}")
      #expect(terminal.read(until: "Ctrl-C: the statement could not be stopped: ") != nil)
      terminal.type("\u{03}")
      #expect(try await server.wait(for: "SLEEP(69)", toRun: false))
    }
  }
}
