import MySQL
import MySQLTesting
import Testing

extension Live {
  /// Hostile texts, in each SQL mode that changes how they are read.
  @Suite(.live, .tags(.data, .text)) struct InjectionTests {
    private static let parts = [
      "'", "''", "\"", "`", "``", "\\", "\\'", "\\\\", "\0", "\u{1A}", "\n", "\r", "%", "_", "?", ":a", ";",
      "--", "-- ",
      "#", "/*", "*/", "/*!50000 ", " OR 1=1", "'; DROP TABLE victim; -- ", "\u{301}", "`\u{301}", "'\u{301}",
      "ä", "\u{A5}", "\u{20A9}", "縗", "ｱ", "\u{27}\u{2019}", "😀", "\u{FEFF}", "X'41'", "$$", "\t", " ", "x",
      "NULL",
      "\\0", "\\%", "\\_", "\u{FF07}", "\u{2B9}",
    ]

    private static func texts(_ count: Int, seed: UInt64) -> [String] {
      var random = SeededGenerator(seed: seed)
      return (0..<count).map { index in
        index < parts.count
          ? parts[index]
          : (0..<Int.random(in: 1...8, using: &random)).map { _ in
            parts[Int.random(in: 0..<parts.count, using: &random)]
          }.joined()
      }
    }

    @Test(arguments: LiveServer.all, ["", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES"])
    func valuesComeBackAsTheyWent(server: LiveServer, mode: String) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("SET sql_mode = '\(unsafe: mode)'")
        try await connection.execute(
          "CREATE TABLE victim (id INT PRIMARY KEY, v VARCHAR(500) COLLATE utf8mb4_bin)")
        try await connection.execute("CREATE TABLE loaded (id INT, v VARCHAR(500) COLLATE utf8mb4_bin)")
        let texts = Self.texts(TestServers.amount(5000, aByteAtATime: 400), seed: 7)
        let doubled = texts.enumerated().map { ($0, $1) }
        try await connection.execute("START TRANSACTION")
        for (id, text) in doubled.prefix(texts.count / 2) {
          try await connection.execute("INSERT INTO victim VALUES (\(id), \(text))")
        }
        try await connection.executeBatch(
          "INSERT INTO victim VALUES (?, ?)", doubled.dropFirst(texts.count / 2))
        try await connection.execute("COMMIT")
        let rows = try await connection.query("SELECT v, HEX(v) FROM victim ORDER BY id").collect()
        #expect(rows.count == texts.count)
        for (row, text) in zip(rows, texts) {
          let (stored, hex) = try row.decode((String, String).self)
          // Compares bytes, because Swift considers some different texts equal.
          if !stored.utf8.elementsEqual(text.utf8)
            || hex
              != text.utf8.map({
                String($0 >> 4, radix: 16, uppercase: true) + String($0 & 15, radix: 16, uppercase: true)
              }).joined()
          {
            Issue.record("\(text.debugDescription) is \(stored.debugDescription)")
          }
        }
        for (id, text) in doubled.suffix(200) {
          let found = try await connection.value(
            "SELECT COUNT(*) FROM victim WHERE id = \(id) AND v = \(text)", as: Int.self)
          if found != 1 { Issue.record("\(text.debugDescription) is not found") }
        }
      }
    }

    @Test(arguments: LiveServer.all, ["", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES"])
    func valuesThatGoAsTextComeBackToo(server: LiveServer, mode: String) async throws {
      // Uses a statement that neither server prepares with values.
      try await server.withSchema({ $0.allowsLocalInfile = true }) { connection, _ in
        try await connection.execute("SET sql_mode = '\(unsafe: mode)'")
        try await connection.execute("CREATE TABLE loaded (id INT, v VARCHAR(500) COLLATE utf8mb4_bin)")
        let texts = Self.texts(TestServers.amount(400, aByteAtATime: 100), seed: 8)
        try await connection.execute("START TRANSACTION")
        for (id, text) in texts.enumerated() {
          try await connection.execute(
            "LOAD DATA LOCAL INFILE 'any' INTO TABLE loaded (@a) SET id = \(id), v = \(text)",
            options: .localInfile(.bytes([0x31, 0x0A])))
        }
        try await connection.execute("COMMIT")
        let rows = try await connection.query("SELECT v FROM loaded ORDER BY id").collect()
        #expect(rows.count == texts.count)
        for (row, text) in zip(rows, texts) {
          let stored = try row.decode(String.self)
          if !stored.utf8.elementsEqual(text.utf8) {
            Issue.record("\(text.debugDescription) is \(stored.debugDescription)")
          }
        }
      }
    }

    @Test(arguments: LiveServer.all, ["", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES"])
    func namesComeBackAsTheyWent(server: LiveServer, mode: String) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("SET sql_mode = '\(unsafe: mode)'")
        try await connection.execute("CREATE TABLE victim (id INT)")
        let texts = Self.texts(TestServers.amount(5000, aByteAtATime: 400), seed: 9)
        var accepted = 0
        // In names, servers replace what is beyond the basic plane with question marks.
        for text in texts where text.unicodeScalars.allSatisfy({ $0.value < 0x10000 }) {
          do {
            let rows = try await connection.query("SELECT 1 AS \(identifier: text)")
            let name = try #require(rows.columns.first).name
            _ = try await rows.collect()
            if !name.utf8.elementsEqual(text.utf8), !isShortened(name, text) {
              Issue.record("\(text.debugDescription) is \(name.debugDescription)")
            }
            accepted += 1
          } catch let error as MySQLError {
            if !isRefusal(error, of: text) { Issue.record("\(text.debugDescription): \(error)") }
          }
        }
        #expect(accepted > texts.count / 2)
        try await connection.expect("SELECT COUNT(*) FROM victim", 0)
      }
    }

    /// Returns whether the server refuses the name itself: servers have no names with a NUL, or with a space at
    /// the end. A syntax error would mean that the name had ended early.
    private func isRefusal(_ error: MySQLError, of text: String) -> Bool {
      if error.kind == .encoding { return text.utf8.contains(0) }
      guard let server = error.server else { return false }
      return server.code != .syntaxError
    }

    /// Returns whether the name lacks only what servers drop: spaces before an alias, and what exceeds its
    /// maximum length.
    private func isShortened(_ name: String, _ text: String) -> Bool {
      Array(text.utf8).suffix(name.utf8.count).elementsEqual(name.utf8) || text.utf8.starts(with: name.utf8)
    }
  }
}
