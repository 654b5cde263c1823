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
          try await server.compare(mode, file.content, file.name)
        }
      }
    }

    @Test(arguments: DemoServer.all)
    func answersFromStandardInputLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for file in StatementFile.all {
        for mode in Self.modes {
          try await server.compare(mode + ["-f"], file.content, file.name)
        }
        try await server.compare(["-t"], file.content, file.name)
      }
    }

    @Test(arguments: DemoServer.all)
    func answersFromTheCommandLineLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for file in StatementFile.all where file.content.count < 50_000 && !file.content.contains(0) {
        guard let text = String(data: file.content, encoding: .utf8) else { continue }
        try await server.compare(["-B", "-e", text], Data(), file.name)
        try await server.compare(["-t", "-e", text, "-f"], Data(), file.name)
        try await server.compare(["-N", "-E", "-e", "SELECT 'first'", "-e", text], Data(), file.name)
      }
    }

    @Test(arguments: DemoServer.all)
    func stopsAtEachErrorLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for file in StatementFile.all where ["commands.sql", "errors.sql", "comments.sql"].contains(file.name) {
        for line in file.lines {
          let input = line + Data("\nSELECT 'next';\n".utf8)
          let changes = !line.starts(with: Data("SELECT".utf8))
          try await server.compare(["-B"], input, file.name, resets: changes)
        }
      }
    }

    @Test(arguments: DemoServer.all)
    func takesOtherCharacterSetsLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for name in ["text.sql", "errors.sql", "comments.sql"] {
        let file = try #require(StatementFile.all.first { $0.name == name })
        for set in ["utf8mb4", "latin1", "utf8"] {
          let options = ["-t", "-f", "--default-character-set=\(set)"]
          try await server.compare(options, file.content, name)
        }
        try await server.compare(["-B", "-f"], file.content, name, environment: ["LC_ALL": "C"])
      }
    }

    @Test(arguments: DemoServer.all)
    func sendsCommentsAndShowsWarningsLikeTheOfficialCommand(_ server: DemoServer) async throws {
      for file in StatementFile.all {
        try await server.compare(["-B", "-f", "--comments"], file.content, file.name)
        let options = ["-f", "--show-warnings", "-L", "--skip-print-query-on-error"]
        try await server.compare(options, file.content, file.name)
      }
    }
  }
}
