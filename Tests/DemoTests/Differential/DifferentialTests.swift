import Foundation
import MySQL
import Testing

extension Demo {
  @Suite struct DifferentialStatements {
    @Test func thereAreFourHundred() {
      let ends = StatementFile.all.flatMap(\.lines).filter { $0.last == UInt8(ascii: ";") }
      #expect(ends.count >= 400)
    }
  }

  /// The same statements through the official command and through ours give the same bytes and the same exit code.
  @Suite(.live, .official) struct Differential {
    private static let modes = [
      ["-B"], ["-B", "-N"], ["-B", "-r"], ["-t"], ["-E"], ["-B", "-s", "-s"], ["-N", "-t"],
      ["-E", "-N", "-n"],
    ]

    @Test(arguments: DemoServer.all)
    func describesStatementsLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for file in StatementFile.all {
        for mode in [
          ["-v", "-f"], ["-vv", "-f"], ["-vvv", "-f"], ["-vv", "-t", "-N", "-f"], ["-vv", "-E", "-f"],
          ["-vv"],
        ] {
          try await compare(server, mode, file.content, file.name)
        }
      }
    }

    @Test(arguments: DemoServer.all)
    func answersFromStandardInputLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for file in StatementFile.all {
        for mode in Self.modes {
          try await compare(server, mode + ["-f"], file.content, file.name)
        }
        try await compare(server, ["-t"], file.content, file.name)
      }
    }

    @Test(arguments: DemoServer.all)
    func answersFromTheCommandLineLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for file in StatementFile.all where file.content.count < 50_000 && !file.content.contains(0) {
        guard let text = String(data: file.content, encoding: .utf8) else { continue }
        try await compare(server, ["-B", "-e", text], Data(), file.name)
        try await compare(server, ["-t", "-e", text, "-f"], Data(), file.name)
        try await compare(server, ["-N", "-E", "-e", "SELECT 'first'", "-e", text], Data(), file.name)
      }
    }

    @Test(arguments: DemoServer.all)
    func stopsAtEachErrorLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for file in StatementFile.all where ["commands.sql", "errors.sql", "comments.sql"].contains(file.name) {
        for line in file.lines {
          let input = line + Data("\nSELECT 'next';\n".utf8)
          let changes = !line.starts(with: Data("SELECT".utf8))
          try await compare(server, ["-B"], input, file.name, resets: changes)
        }
      }
    }

    @Test(arguments: DemoServer.all)
    func takesOtherCharacterSetsLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for name in ["text.sql", "errors.sql", "comments.sql"] {
        let file = try #require(StatementFile.all.first { $0.name == name })
        for set in ["utf8mb4", "latin1", "utf8"] {
          let options = ["-t", "-f", "--default-character-set=\(set)"]
          try await compare(server, options, file.content, name)
        }
        try await compare(server, ["-B", "-f"], file.content, name, environment: ["LC_ALL": "C"])
      }
    }

    @Test(arguments: DemoServer.all)
    func sendsCommentsAndShowsWarningsLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for file in StatementFile.all {
        try await compare(server, ["-B", "-f", "--comments"], file.content, file.name)
        let options = ["-f", "--show-warnings", "-L", "--skip-print-query-on-error"]
        try await compare(server, options, file.content, file.name)
      }
    }

    private func compare(
      _ server: DemoServer, _ options: [String], _ input: Data, _ label: String, resets: Bool = true,
      environment: [String: String] = [:]
    ) async throws {
      let official = try #require(CommandRun.official)
      let arguments = server.arguments + ["-Ddemo_difference"] + options
      if resets { try await reset(server) }
      let theirs = try CommandRun.of(official, arguments, input: input, environment: environment)
      if resets { try await reset(server) }
      let ours = try CommandRun.of(
        CommandRun.demo, server.arguments + server.ownArguments + arguments.dropFirst(server.arguments.count),
        input: input, environment: environment)
      guard ours.withoutTimes != theirs.withoutTimes else { return }
      Issue.record("\(label) \(options.map { $0.prefix(40) }): \(Difference(ours: ours, theirs: theirs))")
    }

    private func reset(_ server: DemoServer) async throws {
      try await server.run("DROP DATABASE IF EXISTS demo_difference", "CREATE DATABASE demo_difference")
    }
  }
}
