import MySQL
import Testing

extension Live {
  /// Statements that a client runs as a connection does.
  @Suite(.live) struct ClientStatementTests {
    /// A client and a transaction handle values of `Encodable` types as a connection does.
    @Test(arguments: LiveServer.all) func structsGoIntoTables(server: LiveServer) async throws {
      struct Point: Codable, Equatable {
        var id: Int
        var name: String?
      }
      func insert(_ base: Int, on db: some MySQLQueryable) async throws {
        try await db.execute("INSERT INTO points \(values: Point(id: base, name: "a"))")
        let changed = Point(id: base, name: "b")
        try await db.execute("UPDATE points SET \(assignments: changed) WHERE id = \(base)")
        let done = try await db.executeBatch(
          into: "points", [Point(id: base + 1, name: nil), Point(id: base + 2, name: "d'Arc")])
        #expect(done.executedRows == 2 && done.affectedRows == 2)
        let rows = try await db.query("SELECT id, name FROM points WHERE id >= \(base) ORDER BY id").collect()
        let stored = try rows.map { try $0.decode(Point.self) }
        #expect(stored.map(\.id) == [base, base + 1, base + 2])
        #expect(stored.map(\.name) == ["b", nil, "d'Arc"])
      }
      try await server.withSchema { connection, schema in
        try await connection.execute("CREATE TABLE points (id INT PRIMARY KEY, name VARCHAR(20))")
        try await server.withClient {
          $0.database = schema
        } _: { client in
          try await insert(10, on: client)
          try await client.withTransaction { try await insert(20, on: $0) }
        }
        try await connection.expect("SELECT COUNT(*) FROM points", 6)
      }
    }

    /// Values are written into the statement's text, for places where nothing can be prepared.
    @Test(.tags(.text, .measured), arguments: LiveServer.all)
    func nothingIsPreparedInTextMode(server: LiveServer) async throws {
      try await server.withSchema { admin, schema in
        try await admin.execute("CREATE TABLE t (id INT, name VARCHAR(40) CHARACTER SET utf8mb4)")
        try await server.withClient {
          $0.database = schema
          $0.statementMode = .text
        } _: { client in
          // The counts of a session that is just ending are in neither sum for a moment.
          try await server.waitForOthers(than: admin)
          let before = try await admin.globalStatus("Com_stmt_prepare")
          try await client.execute("INSERT INTO t VALUES (\(1), \("d'Arc \\ ☃"))")
          let done = try await client.executeBatch("INSERT INTO t VALUES (?, ?)", [(2, "b"), (3, "c")])
          #expect(done.executedRows == 2 && done.affectedRows == 2)
          try await client.expect("SELECT name FROM t WHERE id = \(1)", "d'Arc \\ ☃")
          try await client.withStatement("SELECT COUNT(*) FROM t WHERE id > ?") { statement in
            let count = try await statement.query(1).collect()[0].decode(Int.self)
            #expect(count == 2)
          }
          let after = try await admin.globalStatus("Com_stmt_prepare")
          #expect(after == before)
        }
      }
    }
  }
}
