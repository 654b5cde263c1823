import MySQL
import Testing

extension Live {
  /// Text is stored and read as it is, whatever the server's default character set is.
  @Suite(.live, .tags(.text)) struct CharacterSetTests {
    private static let text = "žluťoučký 🐬 'é`"

    /// Expects that text is stored and read unchanged by all protocols.
    static func expectText(_ connection: MySQLConnection, _ note: Comment) async throws {
      try await connection.execute("DROP TEMPORARY TABLE IF EXISTS texts")
      try await connection.execute(
        "CREATE TEMPORARY TABLE texts (id INT, v VARCHAR(50) CHARACTER SET utf8mb4)")
      try await connection.execute("INSERT INTO texts VALUES (1, 'žluťoučký 🐬 ''é`')")
      try await connection.execute("INSERT INTO texts VALUES (2, \(text))")
      try await connection.executeBatch("INSERT INTO texts VALUES (?, ?)", [(3, text), (4, text)])
      let bytes = text.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        .uppercased()
      for prepared in [false, true] {
        let rows = try await connection.query(
          "SELECT v, HEX(v) FROM texts ORDER BY id", options: .init(prepared: prepared))
        let cells = try await rows.collect().map { try $0.decode((String, String).self) }
        #expect(cells.count == 4 && cells.allSatisfy { $0.0 == text && $0.1 == bytes }, note)
      }
      let found = try await connection.value("SELECT COUNT(*) FROM texts WHERE v = \(text)", as: Int.self)
      #expect(found == 4, note)
    }

    @Test(arguments: LiveServer.all) func sessionsAreUTF8FromTheLoginOn(server: LiveServer) async throws {
      try await server.withSchema { connection, schema in
        try await Self.expectText(connection, "after the login")
        try await connection.reset()
        try await Self.expectText(connection, "after a reset")
        let settings = connection.configuration
        try await connection.changeUser(settings.user, password: settings.password, database: schema)
        try await Self.expectText(connection, "after a change of user")
        try await connection.reset()
        try await Self.expectText(connection, "after both")
      }
    }

    @Test(
      arguments: LiveServer.all,
      [
        "SET NAMES latin1", "SET NAMES utf8mb3", "SET NAMES ascii", "SET NAMES binary", "SET NAMES gbk",
        "SET NAMES big5", "SET NAMES sjis", "SET character_set_client = latin1",
        "SET character_set_connection = latin1", "SET character_set_results = latin1",
        "SET character_set_results = NULL", "SET CHARACTER SET latin1",
      ])
    func anotherCharacterSetIsHeeded(server: LiveServer, change: String) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (v VARCHAR(20) CHARACTER SET utf8mb4)")
        try await connection.execute(MySQLQuery(unsafe: change))
        let name = "中`, 'pwned' AS injected -- "
        let attempts: [(MySQLConnection) async throws -> Void] = [
          { try await $0.execute("INSERT INTO t VALUES ('é')") },
          { try await $0.execute("INSERT INTO t VALUES (\("é"))") },
          { try await $0.executeBatch("INSERT INTO t VALUES (?)", ["é"]) },
          { _ = try await $0.query("SELECT v FROM t").collect() },
          { _ = try await $0.query("SELECT 1 AS \(identifier: name)").collect() },
          { try await $0.useDatabase("é") },
        ]
        for attempt in attempts {
          let error = await #expect(throws: MySQLError.self) { try await attempt(connection) }
          #expect(error?.kind == .misuse && error?.reach == .notSent)
          #expect(error?.message.contains("SET NAMES utf8mb4") == true)
        }
        try await connection.ping()
        try await connection.execute("ROLLBACK")
        try await connection.execute("  set names utf8mb4")
        try await connection.execute("INSERT INTO t VALUES (\("é"))")
        try await connection.execute(MySQLQuery(unsafe: change))
        try await connection.reset()
        try await connection.expect("SELECT HEX(v) FROM t", "C3A9")
      }
    }

    /// A function changes it, and the result that reports this is dropped before its end is read.
    @Test(arguments: LiveServer.all, [0, 1])
    func aChangeInADroppedResultIsHeeded(server: LiveServer, rowsRead: Int) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute(
          """
          CREATE FUNCTION set_latin1() RETURNS INT NO SQL
          BEGIN SET character_set_results = latin1; RETURN 1; END
          """)
        do {
          var rows = try await connection.query("SELECT set_latin1()").makeAsyncIterator()
          for _ in 0..<rowsRead { _ = try await rows.next() }
        }
        let error = await #expect(throws: MySQLError.self) { try await connection.execute("SELECT 'é'") }
        #expect(error?.kind == .misuse && error?.reach == .notSent)
      }
    }

    @Test(arguments: LiveServer.all) func programsThatPassOnBytesAreNotHeldUp(server: LiveServer) async throws
    {
      try await server.withConnection {
        $0.loginCollation = 8
      } _: { connection in
        try await connection.expect("SELECT @@character_set_client", "latin1")
        try await connection.execute("SET NAMES latin2")
        try await connection.expect("SELECT 1 + 1", 2)
      }
    }

    /// This holds even if the program itself has turned tracking off.
    @Test(arguments: LiveServer.all) func aStatementReadsTheDatabaseInUse(server: LiveServer) async throws {
      try await server.withSchema { connection, first in
        try await server.withSchema { other, second in
          try await connection.execute("CREATE TABLE t AS SELECT 1 AS n")
          try await other.execute("CREATE TABLE t AS SELECT 2 AS n")
          try await connection.execute("SET SESSION session_track_schema = OFF")
          for (schema, number) in [(first, 1), (second, 2), (first, 1)] {
            try await connection.execute(" use\n\(identifier: schema)")
            try await connection.expect("SELECT n FROM t WHERE n > \(0)", number)
          }
        }
      }
    }

    @Test(arguments: LiveServer.all) func aResetComesBackToTheDatabase(server: LiveServer) async throws {
      try await server.withSchema { connection, schema in
        try await connection.useDatabase("mysql")
        try await connection.reset()
        try await connection.expect("SELECT DATABASE()", schema)
        let settings = connection.configuration
        try await connection.changeUser(settings.user, password: settings.password, database: "mysql")
        try await connection.useDatabase(schema)
        try await connection.reset()
        try await connection.expect("SELECT DATABASE()", "mysql")
      }
    }
  }
}
