import MySQL
import Testing

extension Live {
  /// Tables that change between two executions of a statement.
  @Suite(.live) struct AlteredTableTests {
    @Test(arguments: LiveServer.all)
    func valuesAreThoseOfTheTableAsItIs(server: LiveServer) async throws {
      try await server.withSchema { connection, schema in
        try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)")
        try await connection.execute("INSERT INTO t VALUES (1, 42)")
        let select = "SELECT * FROM t WHERE id = \(1)" as MySQLQuery
        func values(_ connection: MySQLConnection) async throws -> [[MySQLValue]] {
          // Executes it twice, because MariaDB leaves out definitions that it has sent once.
          var seen: [[MySQLValue]] = []
          for _ in 0..<2 {
            let rows = try await connection.query(select).collect()
            seen = try rows.map { row in try (0..<row.count).map { try row[$0].value } }
          }
          return seen
        }
        #expect(try await values(connection) == [[.integer(1), .integer(42)]])
        try await server.withConnection({ $0.database = schema }) { other in
          let changes: [(MySQLQuery, [MySQLValue])] = [
            ("ALTER TABLE t MODIFY v BIGINT UNSIGNED", [.integer(1), .unsigned(42)]),
            ("ALTER TABLE t MODIFY v SMALLINT", [.integer(1), .integer(42)]),
            ("ALTER TABLE t MODIFY v VARCHAR(20)", [.integer(1), .text("42")]),
            ("ALTER TABLE t MODIFY v VARBINARY(20)", [.integer(1), .bytes([0x34, 0x32])]),
            ("ALTER TABLE t MODIFY v DOUBLE", [.integer(1), .double(42)]),
            ("ALTER TABLE t MODIFY v FLOAT", [.integer(1), .float(42)]),
            ("ALTER TABLE t ADD w CHAR(3) DEFAULT 'abc' FIRST", [.text("abc"), .integer(1), .float(42)]),
            ("ALTER TABLE t MODIFY v DOUBLE AFTER w", [.text("abc"), .double(42), .integer(1)]),
            ("ALTER TABLE t DROP w", [.double(42), .integer(1)]),
            ("ALTER TABLE t CHANGE id id TINYINT UNSIGNED FIRST", [.unsigned(1), .double(42)]),
            ("ALTER TABLE t RENAME COLUMN v TO x", [.unsigned(1), .double(42)]),
          ]
          for (change, expected) in changes {
            try await other.execute(change)
            #expect(try await values(connection) == [expected], "\(change.sql)")
          }
          let names = try await connection.query(select)
          #expect(names.columns.map(\.name) == ["id", "x"])
          _ = try await names.collect()
          try await other.execute("DROP TABLE t")
          await #expect(throws: MySQLError.self) { try await values(connection) }
          try await other.execute("CREATE TABLE t (a VARCHAR(5), id INT)")
          try await other.execute("INSERT INTO t VALUES ('new', 1)")
          #expect(try await values(connection) == [[.text("new"), .integer(1)]])
        }
      }
    }

    @Test(arguments: LiveServer.all)
    func aStatementWithACursorFollowsTheTable(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (v INT)")
        try await connection.execute("INSERT INTO t VALUES (1), (2), (3)")
        for type in ["INT", "VARCHAR(9)", "DOUBLE", "BIGINT"] {
          try await connection.execute("ALTER TABLE t MODIFY v \(unsafe: type)")
          for _ in 0..<2 {
            let rows = try await connection.query("SELECT v FROM t WHERE v > \(0) ORDER BY v", fetchSize: 2)
            #expect(try await rows.collect().map { try $0.decode(String.self) } == ["1", "2", "3"])
          }
        }
      }
    }

    @Test(arguments: LiveServer.all) func aBatchFollowsTheTable(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (a INT, b INT)")
        for type in ["INT", "VARCHAR(9)", "DOUBLE", "BIGINT UNSIGNED"] {
          try await connection.execute("ALTER TABLE t MODIFY b \(unsafe: type)")
          try await connection.executeBatch("INSERT INTO t VALUES (?, ?)", (0..<10).map { ($0, "\($0)") })
          try await connection.executeBatch("SELECT b FROM t WHERE a = ?", 0..<10)
        }
        try await connection.expect("SELECT COUNT(*) FROM t WHERE a = b", 40)
      }
    }
  }
}
