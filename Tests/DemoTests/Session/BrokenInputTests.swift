import Foundation
import MySQLTesting
import Testing

extension Demo {
  /// Input that ends with an error.
  @Suite struct BrokenInputs {
    /// A statement that is cut off may do something else than the whole one.
    @Test(arguments: ["DELETE FROM t\n", "DELETE FROM t", "DELETE FROM t;"])
    func runNothingOfTheStatementThatTheyCutOff(_ rest: String) throws {
      let statements = Locked<[String]>([])
      let server = try ScriptedServer.noting(statements) { connection, _ in
        try connection.sendResult(columns: ["a"], rows: [["1"]])
      }
      defer { server.stop() }
      var ends: [Int32] = [0, 0]
      try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
      let input = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
      let text = Array("SELECT 1;\n\(rest)".utf8)
      #expect(write(ends[1], text, text.count) == text.count)
      // This end closes with a byte unread. The other end reads the text, and then an error.
      #expect(write(ends[0], "x", 1) == 1)
      close(ends[1])
      let run = try CommandRun.of(
        CommandRun.demo,
        ["--no-defaults", "-h127.0.0.1", "-P\(server.port)", "-uroot", "--ssl-mode=disabled", "-N"],
        from: input)
      #expect(run.exitCode == 1)
      #expect(run.outputText == "1\n")
      // A line without its end is dropped, and so does not count.
      let line = rest.hasSuffix("\n") ? 2 : 1
      #expect(
        run.errorText
          == "ERROR at line \(line): Failed to read the file 'stdin': Connection reset by peer\n")
      #expect(statements.withLock { $0 } == ["SELECT 1"])
    }
  }
}
