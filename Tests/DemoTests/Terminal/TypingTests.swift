import Foundation
import MySQL
import Testing

extension Demo {
  /// What helps with typing: completion by Tab, search by Ctrl-R, colours.
  @Suite(.live, .atTerminal) struct Typing {
    private func open(_ server: DemoServer, _ options: [String] = []) throws -> PseudoTerminal {
      try server.openSession(options, environment: ["NO_COLOR": ""], prompt: "]> ")
    }

    private func prepare(_ server: DemoServer) async throws {
      try await server.run(
        "DROP DATABASE IF EXISTS demo_typing", "CREATE DATABASE demo_typing",
        "CREATE TABLE demo_typing.wagons (wagon_id INT, `odd name` INT)",
        "CREATE TABLE demo_typing.wagtails (plumage INT)", "INSERT INTO demo_typing.wagons VALUES (7, 8)")
    }

    @Test(arguments: DemoServer.all)
    func completesKeywordsTablesAndColumns(_ server: DemoServer) async throws {
      try await prepare(server)
      let terminal = try open(server, ["-Ddemo_typing"])
      // Each Tab comes alone: in a text that is pasted, tabs are text.
      for text in ["sel", "\t", "wagon_", "\t", "fro", "\t", "WAGON", "\t"] {
        terminal.type(text)
        usleep(150_000)
      }
      // `WAGON` can go on as the table and as its column.
      #expect(terminal.read(until: "wagons.wagon_id") != nil)
      terminal.type("s\r;\r")
      let shown = try #require(terminal.read(until: "1 row in set"))
      #expect(shown.contains("select wagon_id from wagons\n"), "\(shown)")
      #expect(shown.contains("|        7 |"))
    }

    @Test(arguments: DemoServer.all)
    func readsTheNamesOfAnotherDatabaseWhenItIsUsed(_ server: DemoServer) async throws {
      try await prepare(server)
      let terminal = try open(server)
      terminal.type("use demo_typing\r")
      _ = try #require(terminal.read(until: "[demo_typing]> "))
      terminal.type("plum")
      usleep(150_000)
      terminal.type("\t")
      #expect(terminal.read(until: "plumage ") != nil)
    }

    @Test(arguments: DemoServer.all)
    func readsNoNamesWithA(_ server: DemoServer) async throws {
      try await prepare(server)
      let terminal = try open(server, ["-A", "-Ddemo_typing"])
      for text in ["plum", "\t", "\u{15}", "\\#\r"] {
        terminal.type(text)
        usleep(150_000)
      }
      let before = try #require(terminal.read(until: "\\#\n"))
      #expect(!before.contains("plumage"))
      // `rehash` reads them after all.
      for text in ["plum", "\t"] {
        terminal.type(text)
        usleep(150_000)
      }
      #expect(terminal.read(until: "plumage ") != nil)
    }

    @Test(arguments: DemoServer.all)
    func searchesTheHistory(_ server: DemoServer) throws {
      let terminal = try open(server)
      terminal.type("SELECT 'first' AS f;\r")
      _ = try #require(terminal.read(until: "]> "))
      terminal.type("SELECT 'second' AS s;\r")
      _ = try #require(terminal.read(until: "]> "))
      terminal.type("\u{12}fir")
      #expect(terminal.read(until: "(reverse-i-search)`fir': SELECT 'first' AS f;") != nil)
      terminal.type("\r")
      #expect(terminal.read(until: "| first |") != nil)
      _ = try #require(terminal.read(until: "]> "))
      terminal.type("SELECT 'own\u{12}sec\u{07}ed';\r")
      #expect(terminal.read(until: "| owned |") != nil)
    }

    @Test(arguments: DemoServer.all)
    func coloursStatementsUnlessNoColorIsSet(_ server: DemoServer) throws {
      let keyword = "\u{1B}[1;36mSELECT\u{1B}[m"
      for (value, isColoured) in [("", true), ("1", false)] {
        let terminal = try server.openTerminal(environment: ["NO_COLOR": value])
        terminal.type("SELECT 'x' AS y;\r")
        let deadline = Date().addingTimeInterval(10)
        while !terminal.output.contains("| x |"), Date() < deadline { terminal.readMore() }
        #expect(terminal.output.contains("| x |"))
        #expect(terminal.output.contains(keyword) == isColoured)
      }
    }
  }
}
