import MySQL
import Testing

extension Live {
  @Suite(.live, .byBothProtocols) struct QueryTests {
    @Test(arguments: LiveServer.all) func columnsAreKnownBeforeTheRows(server: LiveServer) async throws {
      try await server.withSchema { connection, schema in
        try await connection.execute(
          "CREATE TABLE people (id BIGINT UNSIGNED PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20) NOT NULL, age INT)"
        )
        try await connection.execute("INSERT INTO people (name, age) VALUES ('Ada', 36), ('Blaise', NULL)")
        let rows = try await connection.query("SELECT p.id, p.name AS called, age FROM people p ORDER BY id")
        let id = try #require(rows.columns.first)
        #expect(rows.columns.map(\.name) == ["id", "called", "age"])
        #expect(id.typeName == "BIGINT UNSIGNED" && id.isUnsigned && id.isPrimaryKey && id.isNotNull)
        let called = rows.columns[1]
        #expect(called.originalName == "name" && called.table == "p" && called.originalTable == "people")
        #expect(called.database == schema && called.typeName == "VARCHAR")
        var seen: [String] = []
        for try await (id, name, age) in rows.decode((Int, String, Int?).self) {
          seen.append("\(id) \(name) \(age.map(String.init) ?? "-")")
        }
        #expect(seen == ["1 Ada 36", "2 Blaise -"])
        #expect(rows.result?.warningCount == 0)
      }
    }

    @Test(arguments: LiveServer.all) func rowsAreReadByNameAndByPlace(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let rows = try await connection.query("SELECT 7 AS seven, 'x' AS Letter, NULL AS nothing").collect()
        let row = try #require(rows.first)
        #expect(rows.count == 1 && row.count == 3)
        let byName = try row.decode(column: "letter", as: String.self)
        let byPlace = try row.decode(at: 0, as: Int.self)
        #expect(byName == "x" && byPlace == 7)
        #expect(row["nothing"]?.isNull == true && row["something"] == nil)
        let error = #expect(throws: MySQLError.self) { try row.decode(column: "nothing", as: Int.self) }
        #expect(error?.kind == .decoding)
      }
    }

    @Test(arguments: LiveServer.all) func aStatementWithoutRowsGivesNone(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let nothing = try await connection.query("DO 1")
        #expect(nothing.columns.isEmpty)
        let rows = try await nothing.collect()
        #expect(rows.isEmpty)
        let empty = try await connection.query("SELECT 1 AS one FROM DUAL WHERE 1 = 0")
        #expect(empty.columns.map(\.name) == ["one"])
        let none = try await empty.collect()
        #expect(none.isEmpty)
      }
    }

    @Test(arguments: LiveServer.all) func aRefusedStatementLeavesTheConnection(
      server: LiveServer
    ) async throws {
      try await server.withConnection { connection in
        let error = await #expect(throws: MySQLError.self) {
          try await connection.query("SELECT * FROM no_such_schema.no_such_table")
        }
        #expect(error?.kind == .server)
        #expect(error?.reach == .answered)
        #expect(error?.server?.sqlState == "42S02" || error?.server?.sqlState == "42000")
        #expect(error?.statement == "SELECT * FROM no_such_schema.no_such_table")
        try await connection.expect("SELECT 1", 1)
      }
    }

    @Test(arguments: LiveServer.all)
    func rowsBeforeAnErrorArriveAndThenTheError(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(2000)
        // e to the 710th is more than a DOUBLE can hold.
        let rows = try await connection.query("SELECT n, EXP(n) FROM numbers ORDER BY n")
        var last = 0
        let error = await #expect(throws: MySQLError.self) {
          for try await (n, _) in rows.decode((Int, Double).self) { last = n }
        }
        #expect(error?.server?.code.rawValue == 1690)
        #expect(last == 709)
        try await connection.expect("SELECT COUNT(*) FROM numbers", 2000)
        let again = await #expect(throws: MySQLError.self) {
          try await connection.query("SELECT n, EXP(n) FROM numbers ORDER BY n").collect()
        }
        #expect(again?.server?.code.rawValue == 1690)
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all) func aThousandColumnsAreAllThere(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let list = (0..<1000).map { "\($0 * 7) AS c\($0)" }.joined(separator: ", ")
        let rows = try await connection.query("SELECT \(unsafe: list)")
        #expect(rows.columns.map(\.name) == (0..<1000).map { "c\($0)" })
        let row = try #require(try await rows.collect().first)
        let values = try (0..<1000).map { try row.decode(at: $0, as: Int.self) }
        #expect(values == (0..<1000).map { $0 * 7 })
      }
    }

    @Test(arguments: LiveServer.all) func quotedNamesAreOnlyNames(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        let name = "a `b` \"c\" ; DROP -- 'd'"
        try await connection.execute("CREATE TABLE \(identifier: name) (\(identifier: name) INT)")
        try await connection.execute("INSERT INTO \(identifier: name) VALUES (5)")
        let rows = try await connection.query("SELECT * FROM \(identifier: name)").collect()
        let value = try #require(rows.first).decode(column: name, as: Int.self)
        #expect(value == 5)
      }
    }
  }
}
