import Foundation
import MySQL
import Testing

extension Demo {
  /// What Ctrl-C stops where nobody types.
  @Suite(.live, .atTerminal) struct InterruptingScripts {
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
      #expect(try await server.wait(for: text, toRun: true))
      kill(process.processIdentifier, SIGINT)
      #expect(try await server.wait(for: text, toRun: false))
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
  }
}
