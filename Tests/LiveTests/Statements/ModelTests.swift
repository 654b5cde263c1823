import MySQL
import Testing

extension Live {
  /// Values of `Codable` types that go to a table and come back.
  @Suite(.live, .tags(.data)) struct ModelTests {
    @Test(arguments: LiveServer.all) func valuesComeBackAsTheyWent(server: LiveServer) async throws {
      try await LiveUser.withTable(of: server) { connection, _ in
        let users = (1...6).map(LiveUser.user)
        try await connection.execute("INSERT INTO users \(values: users[0], using: LiveUser.encoder)")
        let rest = try await connection.execute(
          "INSERT INTO users \(values: users.dropFirst(), using: LiveUser.encoder)")
        #expect(rest.affectedRows == 5)
        #expect(try await LiveUser.stored(connection) == users)
        try await connection.expect("SELECT COUNT(*) FROM users WHERE extra = 5", 6)
      }
    }

    @Test(arguments: LiveServer.all) func assignmentsChangeARow(server: LiveServer) async throws {
      try await LiveUser.withTable(of: server) { connection, _ in
        let users = [LiveUser.user(1), LiveUser.user(3)]
        try await connection.execute("INSERT INTO users \(values: users, using: LiveUser.encoder)")
        var changed = LiveUser.user(3)
        changed.id = 1
        try await connection.execute(
          "UPDATE users SET \(assignments: changed, using: LiveUser.encoder) WHERE id = \(1)")
        #expect(try await LiveUser.stored(connection) == [changed, users[1]])
      }
    }

    @Test(arguments: LiveServer.all, ["", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES"])
    func namesAreNamesWhateverTheyHold(server: LiveServer, mode: String) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("SET sql_mode = '\(unsafe: mode)'")
        let names = [
          "`", "a`b", "'", "\"", "\\", "?", "select", "a.b", ") VALUES (1); --", "`\u{301}", "é", ":x",
        ]
        for name in names {
          let table = "t\(name)"
          try await connection.execute(
            "CREATE TABLE \(identifier: table) (\(identifier: name) INT, other INT) CHARACTER SET utf8mb4")
          try await connection.execute("INSERT INTO \(identifier: table) \(values: [name: 1])")
          try await connection.executeBatch(into: table, [[name: 2], [name: 3]])
          try await connection.execute(
            "UPDATE \(identifier: table) SET \(assignments: [name: 4]) WHERE \(identifier: name) = 1")
          try await connection.expect("SELECT SUM(\(identifier: name)) FROM \(identifier: table)", 9)
        }
        for name in ["", "a\0b"] {
          let error = await #expect(throws: MySQLError.self) {
            try await connection.execute("INSERT INTO t \(values: [name: 1])")
          }
          #expect(error?.kind == .encoding)
          let batch = await #expect(throws: MySQLError.self) {
            try await connection.executeBatch(into: "t`", [[name: 1]])
          }
          #expect(batch?.kind == .encoding && batch?.batch?.failedRows == 0..<1)
        }
        let table = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(into: "t\0", [["a": 1]])
        }
        #expect(table?.kind == .encoding)
      }
    }
  }
}
