import Foundation
import MySQL
import Testing

@testable import mysql_demo

extension Demo {
  /// `status`, held against that of the official command.
  @Suite(.live, .official) struct Status {
    /// Returns the lines of a command. What differs between two sessions is masked: their ids, the versions of the
    /// clients, and what the server counts.
    private func lines(
      of command: URL, _ connecting: [String], _ words: [String], input: String = "\\s\n"
    ) throws -> [String] {
      let own = command == CommandRun.demo ? ["--get-server-public-key", "--ssl-mode=preferred"] : []
      let run = try CommandRun.of(command, connecting + own + words, input: Data(input.utf8))
      #expect(run.exitCode == 0 && run.errors.isEmpty, "\(run.errorText)")
      return run.outputText.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        String(line).replacing(/^(mysql-demo|.*mariadb) .* (\(swift-mysql\)|Distrib.*)$/, with: "client")
          .replacing(/^(Connection id|Uptime):(\t+).*/) { "\($0.1):\($0.2)…" }
          .replacing(/(Threads|Questions|Slow queries|Opens|Flush tables|Open tables|avg): [\d.]+/) {
            "\($0.1): …"
          }
      }
    }

    @Test(arguments: DemoServer.all) func hasTheLinesOfTheOfficialCommand(_ server: DemoServer) async throws {
      let folder = try Folder()
      defer { folder.remove() }
      let official = try #require(CommandRun.official)
      for words in [
        [], ["-Dmysql"], ["-U", "--select-limit=7"], ["-o", "-Dmysql"],
        ["--pager=cat", "--tee=\(folder.path)/tee"], ["--delimiter=//", "-N", "-t"],
        ["--default-character-set=latin1", "-Dmysql"],
      ] {
        let theirs = try lines(of: official, server.arguments, words)
        #expect(try lines(of: CommandRun.demo, server.arguments, words) == theirs, "\(words)")
        #expect(theirs.count { $0.contains("…") } == 3 && theirs.count > 20, "\(theirs)")
      }
    }

    @Test(arguments: DemoServer.all) func saysWithoutTLSThatItIsNotInUse(_ server: DemoServer) async throws {
      let official = try #require(CommandRun.official)
      for (command, word) in [(official, "--skip-ssl"), (CommandRun.demo, "--ssl-mode=disabled")] {
        let lines = try lines(of: command, server.arguments, [word])
        #expect(lines.contains("SSL:\t\t\tNot in use"), "\(lines)")
      }
    }

    @Test(arguments: DemoServer.all) func namesTheLastInsertedId(_ server: DemoServer) async throws {
      try await server.run(
        "DROP DATABASE IF EXISTS demo_status", "CREATE DATABASE demo_status",
        "CREATE TABLE demo_status.t (id INT AUTO_INCREMENT PRIMARY KEY)")
      let official = try #require(CommandRun.official)
      for statements in [
        "INSERT INTO t VALUES ();", "INSERT INTO t VALUES (); SELECT 1;",
        "INSERT INTO t VALUES (); DELETE FROM t;",
        "INSERT INTO t VALUES ();\nuse mysql\n",
      ] {
        var shown: [[String]] = []
        for command in [official, CommandRun.demo] {
          try await server.run(
            "TRUNCATE TABLE demo_status.t", "ALTER TABLE demo_status.t AUTO_INCREMENT = 41")
          let input = statements + "\n\\s\n"
          shown.append(try lines(of: command, server.arguments, ["-Ddemo_status"], input: input))
        }
        #expect(shown[1] == shown[0], "\(statements)")
      }
      try await server.run("DROP DATABASE demo_status")
    }

    @Test(
      .enabled(if: !DemoServer.sockets.isEmpty, "MYSQL_TEST_SOCKETS is not set"),
      arguments: DemoServer.sockets)
    func namesTheUnixSocket(_ socket: String) async throws {
      let connecting = ["--no-defaults", "-S\(socket)", "-uroot"]
      let theirs = try lines(of: try #require(CommandRun.official), connecting, ["--skip-ssl"])
      #expect(try lines(of: CommandRun.demo, connecting, []) == theirs)
      #expect(theirs.contains("UNIX socket:\t\t\(socket)"))
    }
  }

  @Suite struct StatusTimes {
    @Test(arguments: [
      (59, "59 sec"), (60, "1 min 0 sec"), (90_061, "1 day 1 hour 1 min 1 sec"),
      (180_000, "2 days 2 hours 0 sec"),
    ])
    func areInWords(_ seconds: Int, _ text: String) {
      #expect(Client.time(seconds) == text)
    }
  }
}
