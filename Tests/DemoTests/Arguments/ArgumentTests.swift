import Foundation
import MySQL
import Testing

extension Demo {
  @Suite struct CommandLines {
    private func run(_ arguments: String...) throws -> CommandRun {
      try CommandRun.of(CommandRun.demo, arguments)
    }

    @Test func showsHelpAndVersion() throws {
      for option in ["--help", "-?", "-I"] {
        let help = try run(option)
        #expect(help.exitCode == 0)
        #expect(help.outputText.contains("doctor") && help.outputText.contains("--ssl-mode"))
      }
      for option in ["--version", "-V"] {
        #expect(try run(option).outputText.hasPrefix("mysql-demo "))
      }
    }

    @Test func refusesWhatItDoesNotKnowAsTheOfficialCommandDoes() throws {
      for (arguments, text, code) in [
        (["--foo"], "mysql-demo: unknown option '--foo'\n", 2),
        (["-z"], "mysql-demo: unknown option '-z'\n", 2),
        (["--foo=1"], "mysql-demo: unknown variable 'foo=1'\n", 7),
        (["--batsh"], "mysql-demo: unknown option '--batsh'\nmysql-demo: did you mean '--batch'?\n", 2),
        (["--s"], "mysql-demo: ambiguous option '--s'", 3),
        (["--batch=maybe"], "mysql-demo: option '--batch=maybe' cannot take an argument\n", 4),
        (["-u"], "mysql-demo: option '-u' requires an argument\n", 5),
        (["--format=yaml"], "mysql-demo: Error while setting value 'yaml' to 'format'", 9),
      ] {
        let run = try CommandRun.of(CommandRun.demo, ["--no-defaults"] + arguments)
        #expect(run.errorText.hasPrefix(text), "\(run.errorText)")
        #expect(run.exitCode == Int32(code), "\(arguments)")
        #expect(run.output.isEmpty)
      }
    }

    @Test(arguments: [
      ("--htlm", "html"), ("--safe-update", nil), ("--slect-limit=3", "select-limit"),
      ("--binarymode", "binary-mode"),
      ("--colum-type-info", "column-type-info"), ("--pagr=less", "pager"), ("--zzzzzz", nil),
    ]) func suggestsTheOptionThatIsMeant(_ written: String, _ meant: String?) throws {
      let run = try CommandRun.of(CommandRun.demo, ["--no-defaults", written, "-P1", "-h127.0.0.1"])
      let suggestion = meant.map { "mysql-demo: did you mean '--\($0)'?\n" }
      #expect(run.errorText.contains("did you mean") == (meant != nil), "\(run.errorText)")
      if let suggestion { #expect(run.errorText.hasSuffix(suggestion), "\(run.errorText)") }
    }

    @Test func warnsOfOptionsThatChangeNothing() throws {
      for words in [["--compress"], ["-C"], ["--plugin-dir=/x"], ["--ssl-cipher", "x"], ["-T"]] {
        let run = try CommandRun.of(
          CommandRun.demo, ["--no-defaults"] + words + ["-h127.0.0.1", "-P1", "-e", "x"])
        #expect(run.errorText.hasPrefix("Warning: mysql-demo: option '--"), "\(run.errorText)")
        #expect(run.errorText.contains("has no effect: "))
      }
      let short = try CommandRun.of(
        CommandRun.demo, ["--no-defaults", "--verbos", "-h127.0.0.1", "-P1", "-e", "x"])
      #expect(short.errorText.hasPrefix("Info: Using unique option prefix 'verbos' is error-prone"))
    }

    @Test(.official) func saysWhyItCannotConnectAsTheOfficialCommandDoes() throws {
      let official = try #require(CommandRun.official)
      for arguments in [
        ["-h127.0.0.1", "-P1"], ["-S/nosuch/socket"], ["-S/etc/passwd"], ["-hnosuch.invalid"],
      ] {
        let ours = try CommandRun.of(
          CommandRun.demo, ["--no-defaults", "--ssl-mode=preferred"] + arguments + ["-e", "SELECT 1"])
        let theirs = try CommandRun.of(official, ["--no-defaults"] + arguments + ["-e", "SELECT 1"])
        #expect(ours == theirs, "\(arguments): \(ours.errorText) and not \(theirs.errorText)")
      }
    }

    @Test(.live, .official, arguments: DemoServer.all)
    func refusedLoginsLookLikeTheOfficialCommands(_ server: DemoServer) throws {
      let official = try #require(CommandRun.official)
      for arguments in [["-unosuchuser", "-pwrong"], ["-unosuchuser"], ["-Dnosuchdatabase"]] {
        let words = server.arguments + arguments + ["-e", "SELECT 1"]
        let theirs = try CommandRun.of(official, words)
        #expect(try CommandRun.of(CommandRun.demo, server.arguments + server.ownArguments + words) == theirs)
      }
    }

    @Test(.live, arguments: DemoServer.all)
    func takesTheServerFromFilesAndTheEnvironment(_ server: DemoServer) throws {
      guard case .tcp(let host, let port) = server.configuration.endpoint else { return }
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).cnf")
      defer { try? FileManager.default.removeItem(at: file) }
      try Data("[mysql]\nhost=\(host)\nport=\(port)\nuser=root\n".utf8).write(to: file)
      let query = ["--get-server-public-key", "-N", "-e", "SELECT 'here'"]
      #expect(
        try CommandRun.of(CommandRun.demo, ["--defaults-file=\(file.path)"] + query).outputText == "here\n")
      let variables = ["MYSQL_HOST": host, "MYSQL_TCP_PORT": "\(port)"]
      #expect(
        try CommandRun.of(CommandRun.demo, ["--no-defaults", "-uroot"] + query, environment: variables)
          .outputText == "here\n")
      let url = ["--no-defaults", "--url=\(server.configuration.url)"]
      #expect(try CommandRun.of(CommandRun.demo, url + query).outputText == "here\n")
    }
  }
}
