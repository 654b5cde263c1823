import MySQLTesting
import Testing

extension Demo {
  /// What the commands that need no server, or not a real one, say if their output cannot be written.
  @Suite struct FullDisks {
    @Test func areReportedByCommandsWithoutAServer() throws {
      let replayed = "ERROR 1054 (42S22): Unknown column 'nosuchcolumn' in 'field list'\n"
      let decode = ["decode"] + Fixtures.names.map(Fixtures.capturePath)
      let commands: [([String], String)] = [
        (["--help"], ""), (["--version"], ""), (decode, ""), ([], replayed),
      ]
      for (arguments, errors) in commands {
        let run = try CommandRun.onFullDisk(arguments)
        #expect(run.exitCode == 1, "\(arguments.first ?? "the replay")")
        #expect(run.errorText == errors + CommandRun.fullDisk, "\(arguments.first ?? "the replay")")
      }
    }

    @Test func areReportedByTheLoadTest() throws {
      let server = try BenchServer()
      defer { server.server.stop() }
      for arguments in [[], ["--format=json"]] as [[String]] {
        let run = try CommandRun.onFullDisk(server.words + arguments)
        #expect(run.exitCode == 1)
        #expect(run.errorText == CommandRun.fullDisk)
      }
    }

    @Test func areReportedByTheDoctor() throws {
      let server = try ScriptedServer { connection in
        try connection.acceptLogin()
        while true {
          switch try connection.readCommand() {
          case .query: try connection.sendResult(columns: ["user"], rows: [["root@%"]])
          case .quit: return
          default: try connection.sendOK()
          }
        }
      }
      defer { server.stop() }
      let words =
        ["doctor"] + doctorPatience + ["-h127.0.0.1", "-P\(server.port)", "-uroot", "--ssl-mode=disabled"]
      let whole = try CommandRun.of(CommandRun.demo, words)
      #expect(whole.exitCode == 0 && whole.outputText.hasSuffix("All is well.\n"), "\(whole.outputText)")
      let run = try CommandRun.onFullDisk(words)
      #expect(run.exitCode == 1)
      #expect(run.errorText == CommandRun.fullDisk)
      let port = try LocalListener.closedPort()
      let failing = try CommandRun.onFullDisk(["doctor"] + doctorPatience + ["-h127.0.0.1", "-P\(port)"])
      #expect(failing.exitCode == 1)
      #expect(failing.errorText == CommandRun.fullDisk)
    }
  }
}
