import Foundation
import MySQL
import Testing

extension Live {
  /// Values of `Codable` types that go to a table and come back.
  @Suite(.live, .tags(.data)) struct ModelTests {
    private struct User: Codable, Equatable {
      enum Role: String, Codable { case admin, guest }
      struct Address: Codable, Equatable { var city: String }
      var id: Int
      var name: String
      var role = Role.guest
      var isActive = true
      var score = 0.1
      var ratio: Float? = 0.1
      var balance = MySQLDecimal(7)
      var price = Foundation.Decimal(sign: .minus, exponent: -2, significand: 125)
      var born: MySQLDate?
      var lap: MySQLTime?
      var createdAt: MySQLDateTime?
      var seenAt: Date?
      var uuid = UUID()
      var photo: Data? = Data([0, 255, 39])
      var homePage = URL(string: "https://example.org/a?b")
      var tags = ["a", "'; --"]
      var address: Address? = Address(city: "Ulm")
      var nickname: String?
    }

    private static let encoder = MySQLRowEncoder(keys: .snakeCase, timeZone: .gmt)
    private static let decoder = MySQLRowDecoder(keys: .snakeCase, timeZone: .gmt)

    private static func user(_ id: Int) -> User {
      var user = User(id: id, name: "O'Hara \(id)")
      guard id % 3 == 0 else { return user }
      user.role = .admin
      user.isActive = false
      user.ratio = nil
      user.born = MySQLDate("2024-02-29")
      user.lap = MySQLTime("-838:00:00.5")
      user.createdAt = MySQLDateTime("2026-07-01 08:00:00.000001")
      user.seenAt = Date(timeIntervalSince1970: Double(id) + 0.25)
      user.photo = nil
      user.address = nil
      user.nickname = "`\0😀"
      return user
    }

    private func withUsers(
      of server: LiveServer, _ body: nonisolated(nonsending) (MySQLConnection, String) async throws -> Void
    ) async throws {
      try await server.withSchema { connection, schema in
        try await connection.execute(
          """
          CREATE TABLE users (nickname VARCHAR(20), id INT PRIMARY KEY, name VARCHAR(50) NOT NULL,
            role ENUM('admin', 'guest'), is_active BOOL, score DOUBLE, ratio FLOAT, balance DECIMAL(65,30),
            price DECIMAL(10,2), born DATE, lap TIME(6), created_at DATETIME(6), seen_at DATETIME(6),
            uuid BINARY(16), photo BLOB, home_page VARCHAR(100), tags JSON, address JSON,
            extra INT DEFAULT 5) CHARACTER SET utf8mb4
          """)
        try await body(connection, schema)
      }
    }

    /// Reads the users in the table by the binary protocol: as text, a FLOAT has six digits.
    private func stored(_ connection: MySQLConnection) async throws -> [User] {
      let rows = try await connection.query("SELECT * FROM users ORDER BY id", prepared: true).collect()
      return try rows.map { try $0.decode(User.self, using: Self.decoder) }
    }

    @Test(arguments: LiveServer.all) func valuesComeBackAsTheyWent(server: LiveServer) async throws {
      try await withUsers(of: server) { connection, _ in
        let users = (1...6).map(Self.user)
        try await connection.execute("INSERT INTO users \(values: users[0], using: Self.encoder)")
        let rest = try await connection.execute(
          "INSERT INTO users \(values: users.dropFirst(), using: Self.encoder)")
        #expect(rest.affectedRows == 5)
        #expect(try await stored(connection) == users)
        try await connection.expect("SELECT COUNT(*) FROM users WHERE extra = 5", 6)
      }
    }

    @Test(arguments: LiveServer.all) func assignmentsChangeARow(server: LiveServer) async throws {
      try await withUsers(of: server) { connection, _ in
        let users = [Self.user(1), Self.user(3)]
        try await connection.execute("INSERT INTO users \(values: users, using: Self.encoder)")
        var changed = Self.user(3)
        changed.id = 1
        try await connection.execute(
          "UPDATE users SET \(assignments: changed, using: Self.encoder) WHERE id = \(1)")
        #expect(try await stored(connection) == [changed, users[1]])
      }
    }

    @Test(arguments: LiveServer.all, [0, 1, 300, TestServers.amount(3000, aByteAtATime: 301)])
    func aBatchInsertsEveryValueOnce(server: LiveServer, count: Int) async throws {
      try await withUsers(of: server) { connection, schema in
        let users = (0..<count).map(Self.user)
        try await connection.execute("START TRANSACTION")
        let result = try await connection.executeBatch(into: "users", users, using: Self.encoder)
        #expect(result.rows == count && result.affectedRows == UInt64(count))
        #expect(try await stored(connection) == users)
        try await connection.execute("ROLLBACK")
        let again = try await connection.executeBatch(
          into: "users", in: schema, users.lazy, using: Self.encoder)
        #expect(again == result)
      }
    }

    @Test(arguments: LiveServer.all, [0, 1, 300]) func valuesMayCome(
      server: LiveServer, count: Int
    ) async throws {
      try await withUsers(of: server) { connection, schema in
        let users = (0..<count).map(Self.user)
        let stream = AsyncStream { continuation in
          for user in users { continuation.yield(user) }
          continuation.finish()
        }
        let result = try await connection.executeBatch(
          into: "users", in: schema, stream, using: Self.encoder)
        #expect(result.rows == count)
        #expect(try await stored(connection) == users)
      }
    }

    @Test(arguments: LiveServer.all) func aValueThatCannotBeSentEndsTheBatch(server: LiveServer) async throws
    {
      try await withUsers(of: server) { connection, _ in
        for bad in [0, 1, 400] {
          try await connection.execute("DELETE FROM users")
          let users = (0..<500).map { id in
            var user = Self.user(id)
            if id == bad { user.score = .nan }
            return user
          }
          let error = await #expect(throws: MySQLError.self) {
            try await connection.executeBatch(into: "users", users, using: Self.encoder)
          }
          #expect(error?.kind == .encoding)
          #expect(error?.message.contains(#"column "score" of User: "#) == true)
          #expect(error?.batch?.failed == bad..<bad + 1)
          try await connection.expect("SELECT COUNT(*) FROM users", bad)
        }
        try await connection.execute("CREATE TABLE t (a INT, b INT)")
        let other = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(into: "t", [["a": 1, "b": 2], ["b": 4, "a": 3], ["a": 5]])
        }
        #expect(other?.kind == .encoding && other?.batch?.failed == 2..<3)
        try await connection.expect("SELECT GROUP_CONCAT(a, b ORDER BY a) FROM t", "12,34")
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
          #expect(batch?.kind == .encoding && batch?.batch?.failed == 0..<1)
        }
        let table = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch(into: "t\0", [["a": 1]])
        }
        #expect(table?.kind == .encoding)
      }
    }
  }
}
