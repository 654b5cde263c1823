import Foundation
import MySQLTesting
import Testing

extension Demo {
  @Suite struct Decoding {
    @Test func printsEveryCaptureWithoutAPassword() throws {
      let passwords = try Fixtures.passwords()
      #expect(!passwords.isEmpty)
      let run = try CommandRun.of(CommandRun.demo, ["decode"] + Fixtures.names.map(Fixtures.capturePath))
      #expect(run.exitCode == 0)
      #expect(run.errorText.isEmpty)
      #expect(run.outputText.split(separator: "\n").count > 20_000)
      for password in passwords {
        #expect(!run.outputText.contains(password), "\(password)")
      }
    }

    @Test func saysWhatIsNotACapture() throws {
      let run = try CommandRun.of(CommandRun.demo, ["decode", "/dev/null", "/nosuch"])
      #expect(run.exitCode == 1)
      #expect(run.errorText.split(separator: "\n").count == 2)
      #expect(run.errorText.contains("/nosuch"))
    }

    /// A pipe cannot be mapped into memory, and has no size.
    @Test func readsACaptureFromAPipe() throws {
      let name = try #require(Fixtures.names.first)
      let whole = try CommandRun.of(CommandRun.demo, ["decode", Fixtures.capturePath(name)])
      let piped = try CommandRun.inShell(
        URL(fileURLWithPath: "/bin/cat"), [Fixtures.capturePath(name)],
        "| '\(CommandRun.demo.path)' decode /dev/stdin")
      #expect(whole.exitCode == 0 && !whole.output.isEmpty)
      #expect(piped == whole)
    }

    @Test func saysWhereBytesAreMissing() throws {
      let folder = try Folder()
      defer { folder.remove() }
      let path = folder.path + "/gap.pcap"
      let session = try CapturedSession(path)
      try session.logIn()
      try session.query("SELECT 'before'", rows: 1, of: 5)
      session.lose(1234, from: .server)
      try session.query("SELECT 'after'", rows: 1, of: 5)
      let lines = try decodedLines(path)
      let gap = try #require(lines.firstIndex { $0.contains("  gap  ") })
      #expect(
        lines[gap]
          == "← -    1234 bytes  gap  the capture lacks these bytes; what follows is not taken apart")
      // The query before the answer that is lost in part is still read.
      #expect(lines[..<gap].contains { $0.hasSuffix("COM_QUERY  'SELECT \\'before\\''") })
      #expect(lines[gap - 1].hasSuffix("COM_QUERY  'SELECT \\'after\\''"))
      #expect(lines[(gap + 1)...].count == 1 && lines[gap + 1].hasPrefix("← -    "))
      #expect(lines[gap + 1].hasSuffix(" bytes  bytes  after a gap"))
    }

    /// A capture whose end was lost: the client acknowledges what is not there.
    @Test func saysThatTheEndIsMissing() throws {
      let folder = try Folder()
      defer { folder.remove() }
      let path = folder.path + "/end.pcap"
      let session = try CapturedSession(path)
      try session.logIn()
      session.lose(77, from: .server)
      try session.send(CapturedSession.packet(0, [1]), from: .client)
      let lines = try decodedLines(path)
      #expect(
        lines.contains(
          "← -    77 bytes  gap  the capture lacks these bytes; what follows is not taken apart"),
        "\(lines)")
    }

    private func decodedLines(_ path: String) throws -> [String] {
      let run = try CommandRun.of(CommandRun.demo, ["decode", path])
      #expect(run.exitCode == 0 && run.errorText.isEmpty)
      return run.outputText.split(separator: "\n").map(String.init)
    }
  }
}

extension Fixtures {
  /// Returns the passwords of the recorded accounts, from their expectations.
  static func passwords() throws -> Set<String> {
    var passwords: Set<String> = []
    for name in names {
      guard let data = try? Data(contentsOf: expectations(name)),
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any],
        let conversations = object["conversations"] as? [[String: Any]]
      else { continue }
      passwords.formUnion(conversations.compactMap { $0["password"] as? String })
    }
    // Short ones are ordinary words too.
    return passwords.filter { $0.count > 6 }
  }
}
