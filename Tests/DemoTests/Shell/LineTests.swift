import Foundation
import Testing

@testable import mysql_demo

extension Demo {
  /// Lines as they are typed, and the statements that the history keeps.
  @Suite struct Lines {
    private func editor(_ keys: [Key]) -> LineEditor {
      var editor = LineEditor(history: [])
      for key in keys { _ = editor.press(key) }
      return editor
    }

    private func keys(of bytes: [UInt8]) throws -> [Key] {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      _ = write(ends[1], bytes, bytes.count)
      close(ends[1])
      defer { close(ends[0]) }
      var reader = KeyReader(ends[0])
      var keys: [Key] = []
      while true {
        let key = reader.next()
        if key == .closed { return keys }
        keys.append(key)
      }
    }

    @Test func aTabIsATab() {
      #expect(String(editor([.character("a"), .tab, .character("b")]).line) == "a\tb")
    }

    @Test func aMarkJoinsTheLetterBeforeIt() {
      let line = editor([.character("e"), .character("x"), .left, .character("\u{301}"), .character("y")])
      #expect(line.line == ["e\u{301}", "y", "x"])
      #expect(line.cursor == 2)
      // A letter is typed before a mark that stood alone.
      let alone = editor([.character("\u{301}"), .home, .character("e")])
      #expect(alone.line == ["e\u{301}"] && alone.cursor == 1)
    }

    @Test func takesLongLinesInLinearTime() {
      func time(_ count: Int) -> Duration {
        processorTime {
          #expect(editor(Array(repeating: .character("x"), count: count)).line.count == count)
        }
      }
      _ = time(1000)
      let (short, long) = (time(5000), time(40_000))
      // Eight times the keys; in quadratic time it would be 64 times as long.
      #expect(long < short * 24, "\(short) and \(long)")
    }

    @Test func bytesThatAreNoUTF8SwallowNoOthers() throws {
      #expect(try keys(of: [0x61, 0xE9, 0x0D]) == [.character("a"), .enter])
      #expect(try keys(of: [0x80, 0xBF, 0x62, 0xFF, 0xC3, 0x0D]) == [.character("b"), .enter])
      #expect(try keys(of: [0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80]) == [.character("é"), .character("😀")])
      #expect(try keys(of: [0xF0, 0x9F, 0x03]) == [.control("c")])
    }

    /// Calls the closure with a history in its own home folder.
    private func withHistory(_ body: (String, () -> History) throws -> Void) throws {
      let folder = try Folder()
      defer { folder.remove() }
      let path = folder.path + "/.mysql_demo_history"
      try body(path) { History(home: folder.path) }
    }

    @Test func keepsTheLinesOfAStatement() throws {
      try withHistory { _, open in
        var history = open()
        history.add(["SELECT 'a", "b\\n' -- so", "", ";"])
        history.add(["SELECT 2;"])
        #expect(open().entries == ["SELECT 'a\nb\\n' -- so\n\n;", "SELECT 2;"])
      }
    }

    @Test func staysShort() throws {
      try withHistory { path, open in
        let text = (0..<2500).map { "SELECT \($0);\n" }.joined()
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        #expect(open().entries.first == "SELECT 1500;")
        let kept = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(kept.count == 1000 && kept.last == "SELECT 2499;")
        // However large it is, only its end is read.
        try Data((String(repeating: "x", count: 3 << 20) + "\nSELECT 1;\n").utf8).write(
          to: URL(fileURLWithPath: path))
        #expect(open().entries == ["SELECT 1;"])
      }
    }

    @Test func doesNotWaitForAPipe() throws {
      try withHistory { path, open in
        try #require(mkfifo(path, 0o600) == 0)
        var history = open()
        history.add(["SELECT 1;"])
        #expect(history.entries == ["SELECT 1;"])
      }
    }

    @Test func keepsNoPassword() throws {
      try withHistory { path, open in
        var history = open()
        for statement in [
          "SET @p = 'x';", "CREATE USER a IDENTIFIED BY 'x';",
          "CREATE TABLE t (i INT) CONNECTION='mysql://u:x@h/d/t';",
        ] {
          history.add([statement])
        }
        #expect(history.entries.isEmpty && !FileManager.default.fileExists(atPath: path))
      }
    }
  }
}
