import Foundation
import Testing

extension Demo {
  /// Standard input and output that are not what they seem.
  @Suite(.live) struct Streams {
    @Test(.official, arguments: DemoServer.all)
    func refusesAFolderAsInput(_ server: DemoServer) throws {
      let official = try #require(CommandRun.official)
      let own = server.arguments + server.ownArguments
      for (arguments, rest) in [([], "</"), (["-e", "source /tmp"], "")] {
        let theirs = try CommandRun.inShell(official, server.arguments + arguments, rest)
        let ours = try CommandRun.inShell(CommandRun.demo, own + arguments, rest)
        #expect(ours == theirs, "\(ours.errorText) and not \(theirs.errorText)")
        #expect(ours.exitCode == 1)
      }
    }

    @Test(arguments: DemoServer.all)
    func reportsAClosedInput(_ server: DemoServer) throws {
      let run = try CommandRun.inShell(CommandRun.demo, server.arguments + server.ownArguments, "<&-")
      #expect(run.exitCode == 1)
      #expect(run.errorText == "ERROR: Failed to read the file 'stdin': Bad file descriptor\n")
    }

    @Test(arguments: DemoServer.all)
    func reportsAFullDisk(_ server: DemoServer) throws {
      let own = server.arguments + server.ownArguments
      let commands: [(name: [String], rest: [String])] = [
        ([], ["-e", "SELECT 1"]), ([], ["-e", "SELECT REPEAT(7, 3000000)"]), (["doctor"], []),
        (["bench"], ["--duration=1"]),
      ]
      for (name, rest) in commands {
        let arguments: [String] = name + own + rest
        let run = try CommandRun.onFullDisk(arguments)
        #expect(run.exitCode == 1, "\(arguments)")
        #expect(run.errorText == CommandRun.fullDisk, "\(arguments)")
      }
    }

    @Test(arguments: DemoServer.all)
    func writesEverythingToAnOutputThatDoesNotBlock(_ server: DemoServer) throws {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
      let process = Process()
      process.executableURL = CommandRun.demo
      process.arguments =
        server.arguments + server.ownArguments + ["-N", "-e", "SELECT REPEAT('x', 3000000)"]
      process.standardOutput = FileHandle(fileDescriptor: ends[1], closeOnDealloc: false)
      try process.run()
      close(ends[1])
      usleep(300_000)
      let output = try FileHandle(fileDescriptor: ends[0], closeOnDealloc: true).readToEnd()
      process.waitUntilExit()
      #expect(output?.count == 3_000_001)
      #expect(process.terminationStatus == 0)
    }
  }
}
