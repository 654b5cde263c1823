import Foundation
import Testing

extension Demo {
  /// What option files set for the command itself, not only for its connection.
  @Suite(.official) struct OptionFiles {
    private func compare(
      _ server: DemoServer, _ file: String, _ arguments: [String], input: String = "",
      environment: [String: String] = [:]
    ) throws {
      let folder = try Folder()
      defer { folder.remove() }
      let path = try folder.write(file, "options.cnf")
      let all = ["--defaults-file=\(path)"] + server.arguments.dropFirst() + arguments
      let official = try #require(CommandRun.official)
      let theirs = try CommandRun.of(
        official, all, input: Data(input.utf8), environment: environment)
      let ours = try CommandRun.of(
        CommandRun.demo, all + server.ownArguments, input: Data(input.utf8), environment: environment)
      let named = theirs.errorText.replacing("\(official.path): ", with: "mysql-demo: ")
      let errors = ours.errorText.replacing(/mysql-demo: did you mean .*\n/, with: "")
      #expect(
        ours.outputText == theirs.outputText && errors == named && ours.exitCode == theirs.exitCode,
        "\(file) \(arguments): \(ours.outputText)\(ours.errorText) and not \(theirs.outputText)\(theirs.errorText)"
      )
    }

    @Test(.live, arguments: DemoServer.all)
    func countAsTheOfficialCommandCountsThem(_ server: DemoServer) throws {
      let select = ["-e", "select 1 as a, 'x' as b"]
      for file in [
        "[mysql]\nvertical\n", "[mysql]\nskip-column-names\n", "[mysql]\nskip_column_names\ntable\n",
        "[client]\nbatch\n", "[mysql]\nsilent\nsilent\n", "[mysql]\nloose-nothing-of-this\n",
        "[mysqldump]\nquick\nfoo=1\n", "[mysql]\ntable\nskip-table\n", "[mariadb-client]\ntable=1\n",
        "[mysql]\nfoobar\n", "[client]\nfoo-bar=1\n", "[client]\nskip-foobar\n",
      ] {
        try compare(server, file, select)
      }
      try compare(server, "[mysql]\nexecute=\"select 2 as b;\"\n", [])
      try compare(server, "[mysql]\nexecute=\"select 2 as b;\"\n", select)
      try compare(server, "[mysql]\nforce\n", [], input: "select nosuch;\nselect 1;\n")
      try compare(server, "[mysql]\ndelimiter=//\n", [], input: "select 1// select 2//\n")
      for set in ["utf8mb4", "latin1"] {
        try compare(
          server, "[client]\ndefault-character-set=\(set)\n",
          ["-e", "select @@character_set_client, hex('é'), 'é'"], environment: ["LC_ALL": "C"])
      }
    }

    @Test(.live, arguments: DemoServer.all)
    func arePrintedLikeTheOfficialCommandPrintsThem(_ server: DemoServer) throws {
      let folder = try Folder()
      defer { folder.remove() }
      let path = try folder.write(
        "[client]\nuser=me\n[mysql]\nhtml\nselect-limit = 5\n[other]\nxml\n", "options.cnf")
      let official = try #require(CommandRun.official)
      for words in [
        ["--defaults-file=\(path)", "--print-defaults", "-e", "select 1", "shop"],
        ["--no-defaults", "--print-defaults"],
      ] {
        let theirs = try CommandRun.of(official, words)
        let ours = try CommandRun.of(CommandRun.demo, words)
        let named = theirs.outputText.replacing("\(official.path) would", with: "mysql-demo would")
        #expect(
          ours.outputText == named && ours.errorText == theirs.errorText && ours.exitCode == theirs.exitCode)
      }
      let secret = ["--no-defaults", "--print-defaults", "-uroot", "-pgeheim", "--password=geheim"]
      let masked = try CommandRun.of(CommandRun.demo, secret).outputText
      #expect(masked.hasSuffix("-uroot -p***** --password=***** \n"), "\(masked)")
    }

    @Test(.live, arguments: DemoServer.all)
    func mayForbidToLoadFiles(_ server: DemoServer) throws {
      let load = ["-e", "load data local infile '/etc/hostname' into table mysql.nosuch"]
      for file in [
        "[client]\nlocal-infile=0\n", "[mysql]\nskip-local-infile\n", "[client]\nloose-local-infile=0\n",
      ] {
        try compare(server, file, load)
      }
      // The command line takes precedence over files.
      try compare(server, "[client]\nlocal-infile=0\n", ["--local-infile=1"] + load)
    }
  }
}
