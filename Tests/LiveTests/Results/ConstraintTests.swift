import MySQL
import Testing

extension Live {
  @Suite(.live) struct ConstraintTests {
    private func refusal(
      _ connection: MySQLConnection, _ query: MySQLQuery
    ) async throws -> MySQLError.Server {
      let error = await #expect(throws: MySQLError.self) { try await connection.execute(query) }
      return try #require(error?.server)
    }

    @Test(arguments: LiveServer.all) func theDuplicateKeyIsNamed(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute(
          "CREATE TABLE users (id INT PRIMARY KEY, email VARCHAR(99), n INT, UNIQUE KEY by_email (email), UNIQUE KEY `a.b` (n))"
        )
        let isMariaDB = connection.server.isMariaDB
        for (id, email) in ["x", "it's' for key 'other.key'", "ü' for key '"].enumerated() {
          try await connection.execute("INSERT INTO users VALUES (\(id), \(email), \(id))")
          let refused = try await refusal(
            connection, "INSERT INTO users (id, email) VALUES (\(100), \(email))")
          #expect(refused.duplicateKey?.name == "by_email", "\(refused.message)")
          #expect(refused.duplicateKey?.table == (isMariaDB ? nil : "users"))
          #expect(refused.name == "ER_DUP_ENTRY" && refused.foreignKey == nil)
        }
        let primary = try await refusal(connection, "INSERT INTO users (id) VALUES (1)")
        #expect(primary.duplicateKey?.name == "PRIMARY")
        // On MySQL "users.a.b" may be key b of a table users.a.
        let dotted = try await refusal(connection, "INSERT INTO users (id, n) VALUES (100, 1)")
        #expect(dotted.duplicateKey?.name == (isMariaDB ? "a.b" : nil))
        let batch = await #expect(throws: MySQLError.self) {
          try await connection.executeBatch("INSERT INTO users (id) VALUES (?)", [7, 7])
        }
        #expect(batch?.server?.duplicateKey?.name == "PRIMARY")
      }
    }

    @Test(arguments: LiveServer.all, ["", "ANSI_QUOTES"]) func theForeignKeyIsNamed(
      server: LiveServer, mode: String
    ) async throws {
      try await server.withSchema { connection, schema in
        try await connection.execute("CREATE TABLE users (id INT, day DATE, PRIMARY KEY (id, day))")
        try await connection.execute(
          "CREATE TABLE `my, orders` (user INT, at DATE, CONSTRAINT `fk (1)` FOREIGN KEY (user, at) REFERENCES users (id, day) ON DELETE RESTRICT ON UPDATE CASCADE)"
        )
        try await connection.execute("SET sql_mode = \(mode)")
        try await connection.execute("INSERT INTO users VALUES (1, '2024-01-01')")
        try await connection.execute("INSERT INTO `my, orders` VALUES (1, '2024-01-01')")
        let missing = try await refusal(connection, "INSERT INTO `my, orders` VALUES (2, '2024-01-01')")
        let referenced = try await refusal(connection, "DELETE FROM users")
        #expect(missing.code == .foreignKeyMissing && referenced.code == .foreignKeyReferenced)
        #expect(missing.foreignKey != nil && missing.foreignKey == referenced.foreignKey)
        let key = try #require(missing.foreignKey)
        #expect(key.database == schema && key.table == "my, orders" && key.constraint == "fk (1)")
        #expect(key.columns == ["user", "at"] && key.referencedColumns == ["id", "day"])
        #expect(key.referencedDatabase == schema && key.referencedTable == "users")
      }
    }
  }
}
