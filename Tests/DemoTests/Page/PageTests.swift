import Foundation
import MySQLTesting
import MySQLWire
import Testing

@testable import mysql_demo

extension Demo {
  /// The page of `decode --html`, as text.
  @Suite struct Pages {
    @Test func hasEveryPacketAndNoPassword() throws {
      let folder = try Folder()
      defer { folder.remove() }
      let file = folder.url.appendingPathComponent("page.html")
      let run = try CommandRun.of(
        CommandRun.demo, ["decode", "--html=\(file.path)"] + Fixtures.sample.map(Fixtures.capturePath))
      #expect(run.exitCode == 0 && run.output.isEmpty && run.errors.isEmpty)
      let page = try String(contentsOf: file, encoding: .utf8)
      let events = try PageEvents(page)
      #expect(events.packets.count > 10_000 / Fixtures.stride)
      #expect(Set(events.packets.map(\.kind)).isSubset(of: events.kinds), "each kind has its sentence")
      let passwords = try Fixtures.passwords()
      #expect(!passwords.isEmpty)
      for password in passwords {
        for text in [password, hex(password.utf8)] {
          #expect(!page.contains(text), "\(text)")
        }
      }
      // Only the owner may read it.
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }

    /// With enough time, a password can be guessed from the answer to a challenge.
    @Test func hasNoAnswerToAChallenge() throws {
      let names = Fixtures.names.filter { $0.contains("-login-") }
      let run = try CommandRun.of(
        CommandRun.demo, ["decode", "--html"] + names.map(Fixtures.capturePath))
      let page = run.outputText
      var count = 0
      for name in names {
        for conversation in try CaptureFile(path: Fixtures.capturePath(name)).conversations {
          let bytes = conversation.clientBytes
          guard bytes.count > 4 + 32,
            let login = try? HandshakeResponse(
              payload: Array(bytes[4..<min(bytes.count, 4 + Int(bytes[0]))])),
            login.answer.count >= 20
          else { continue }
          count += 1
          #expect(!page.contains(hex(login.answer)), "\(name)")
        }
      }
      #expect(count > 10, "\(count)")
    }

    @Test func nothingThatAServerSaysBecomesAPartOfThePage() throws {
      let hostile = "</script><script>alert(1)</script><!-- ' \" \\ & \u{2028}\u{202E}"
      var line = JSONLine()
      line.add("k", hostile)
      line.add("f", [hostile]) { text, list in list.add(text) }
      let text = String(decoding: line.ended, as: UTF8.self)
      #expect(!text.contains("<") && !text.contains(">") && !text.contains("&"))
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      #expect(object?["k"] as? String == hostile)
      #expect(object?["f"] as? [[String]] == [[hostile]])
      let title = PageShell.escaped(hostile)
      #expect(
        !title.contains("<") && !title.contains("'") && !title.contains("\"") && !title.contains("\u{202E}"))
    }

    @Test func theWireIsWrittenAsAPage() throws {
      let folder = try Folder()
      defer { folder.remove() }
      let file = folder.url.appendingPathComponent("wire.html").path
      let run = try CommandRun.of(CommandRun.demo, ["--wire=\(file)"])
      #expect(run.exitCode == 0 && !run.errorText.contains("COM_QUERY"))
      let events = try PageEvents(file: file)
      #expect(events.packets.contains { $0.kind == "COM_QUERY" && $0.text == "'SHOW TABLES'" })
      #expect(events.packets.last?.kind == "COM_QUIT")
    }

    @Test func saysWhatIsWrongWithThePage() throws {
      let unknown = try CommandRun.of(CommandRun.demo, ["--no-defaults", "--wire=here.txt"])
      #expect(unknown.exitCode == 9 && unknown.errorText.contains("ends in .html"))
      let missing = try CommandRun.of(CommandRun.demo, ["--wire=/nosuch/wire.html"])
      #expect(missing.exitCode == 1 && missing.errorText.contains("/nosuch/wire.html: No such file"))
      let option = try CommandRun.of(CommandRun.demo, ["decode", "--hmtl", "x.pcap"])
      #expect(option.exitCode == 2 && option.errorText.contains("--html"))
    }

    /// Whatever ends the program, the page has all packets until then, and each is complete.
    @Test func thePageIsCompleteIfTheProgramIsKilled() async throws {
      let folder = try Folder()
      defer { folder.remove() }
      let file = folder.url.appendingPathComponent("wire.html").path
      let server = try ScriptedServer { connection in
        _ = try connection.acceptLogin()
        while true {
          if case .query = try connection.readCommand() { try connection.stall() }
        }
      }
      defer { server.stop() }
      let process = Process()
      process.executableURL = CommandRun.demo
      process.arguments = [
        "--no-defaults", "--url=\(server.url)", "--ssl-mode=disabled", "--wire=\(file)", "-e",
        "SELECT 'slow'",
      ]
      process.standardError = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      for _ in 0..<200 {
        if (try? String(contentsOfFile: file, encoding: .utf8))?.contains("SELECT 'slow'") == true { break }
        try await Task.sleep(for: .milliseconds(25))
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let page = try String(contentsOfFile: file, encoding: .utf8)
      #expect(page.hasSuffix("</script>\n"))
      let events = try PageEvents(file: file)
      #expect(events.packets.map(\.kind).starts(with: ["Greeting", "HandshakeResponse", "OK"]))
      #expect(events.packets.last?.kind == "COM_QUERY")
    }
  }
}
