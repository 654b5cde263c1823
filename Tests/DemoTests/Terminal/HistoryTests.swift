import Foundation
import Testing

@testable import mysql_demo

extension Demo {
  /// The statements that the history keeps.
  @Suite struct Histories {
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
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "SELECT 1;\n")
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
