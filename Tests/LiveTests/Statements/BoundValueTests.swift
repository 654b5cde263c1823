import MySQL
import Testing

extension Live {
  /// Statements with values, by the binary protocol.
  @Suite(.live, .tags(.data, .text)) struct BoundValueTests {
    @Test(arguments: LiveServer.all) func valuesAreBoundAndComeBack(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute(
          "CREATE TABLE people (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(50), age INT NULL)")
        let done = try await connection.execute(
          "INSERT INTO people (name, age) VALUES (\("Ada"), \(36)), (\("O'Hara"), \(Int?.none))")
        #expect(done.affectedRows == 2 && done.lastInsertID == 1)
        let rows = try await connection.query(
          "SELECT id, name, age FROM people WHERE name IN (\(list: ["Ada", "O'Hara"])) ORDER BY \(identifier: "id")"
        )
        #expect(rows.columns.map(\.name) == ["id", "name", "age"])
        var seen: [String] = []
        for try await (id, name, age) in rows.decode((Int, String, Int?).self) {
          seen.append("\(id) \(name) \(age.map(String.init) ?? "-")")
        }
        #expect(seen == ["1 Ada 36", "2 O'Hara -"])
      }
    }

    @Test(arguments: LiveServer.all)
    func anInsertReturnsRowsEachTime(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        guard connection.server.isMariaDB else { return }
        try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v VARCHAR(9))")
        for number in 1...4 {
          let rows = try await connection.query("INSERT INTO t (v) VALUES (\("v\(number)")) RETURNING id, v")
          let row = try #require(try await rows.collect().first)
          #expect(try row.decode((Int, String).self) == (number, "v\(number)"))
        }
      }
    }

    @Test(arguments: LiveServer.all)
    func questionMarksInQuotesAndCommentsAreNotPlaceholders(server: LiveServer) async throws {
      try await server.withConnection { connection in
        try await connection.expect("SELECT CONCAT('?', \("a"), \"?\") -- ?", "?a?")
        try await connection.expect(#"SELECT CONCAT('\'?', \#("a")) /* ? */"#, "'?a")
      }
    }

    @Test(arguments: LiveServer.all)
    func aQuestionMarkBesideBoundValuesIsAnError(server: LiveServer) async throws {
      try await server.withConnection { connection in
        for query: MySQLQuery in [
          "SELECT ?, \(1)", "SELECT '\(unsafe: "")\(1)'", #"SELECT '\'\#(1)', ?, ?"#, #"SELECT '\#(1)\\'"#,
        ] {
          for _ in 0..<2 {
            let error = await #expect(throws: MySQLError.self) { try await connection.query(query) }
            #expect(error?.kind == .encoding && error?.message.contains("placeholders") == true)
          }
        }
        try await connection.expect("SELECT \(1)", 1)
      }
    }

    @Test(arguments: LiveServer.all)
    func aRefusedStatementLeavesTheConnection(server: LiveServer) async throws {
      try await server.withConnection { connection in
        // A statement that was prepared earlier must not be executed in place of the refused one.
        try await connection.execute("SET @before = \(1)")
        try await connection.expect("SELECT @before := @before + \(1)", 2)
        for _ in 0..<3 {
          let error = await #expect(throws: MySQLError.self) {
            try await connection.query("SELECT * FROM no_such_schema.no_such_table WHERE id = \(1)")
          }
          #expect(error?.kind == .server && error?.reach == .answered)
          #expect(error?.server?.sqlState == "42S02" || error?.server?.sqlState == "42000")
        }
        try await connection.expect("SELECT CAST(@before + \(0) AS SIGNED)", 2)
        // This one is prepared, and fails when it is executed.
        let error = await #expect(throws: MySQLError.self) {
          try await connection.query("SELECT EXP(\(710.0))").collect()
        }
        #expect(error?.server?.code.rawValue == 1690)
        try await connection.expect("SELECT \(1)", 1)
      }
    }

    @Test(arguments: LiveServer.all)
    func whatCannotBePreparedIsSentAsText(server: LiveServer) async throws {
      try await server.withSchema({ $0.allowsLocalInfile = true }) { connection, schema in
        try await connection.execute("CREATE TABLE t (a INT, b VARCHAR(20))")
        let source = MySQLByteSource.bytes(Array("1\n2\n".utf8))
        let name = #"it's a \ "name""#
        let done = try await connection.execute(
          "LOAD DATA LOCAL INFILE 'any' INTO TABLE t (@a) SET a = @a + \(10), b = \(name)",
          options: .localInfile(source))
        #expect(done.affectedRows == 2)
        try await connection.expect("SELECT b FROM t WHERE a = \(12)", name)
        // MySQL cannot prepare these, MariaDB can.
        try await connection.execute("USE \(identifier: schema)", options: .prepared)
        try await connection.execute("LOCK TABLES t READ", options: .prepared)
        try await connection.execute("UNLOCK TABLES", options: .prepared)
      }
    }

    @Test(arguments: LiveServer.all)
    func aStatementTakesAsManyValuesAsItHasPlaceholders(server: LiveServer) async throws {
      try await server.withConnection { connection in
        try await connection.withStatement("SELECT ? + 0 * ?") { statement in
          for _ in 0..<2 {
            let error = await #expect(throws: MySQLError.self) { try await statement.query(1) }
            #expect(error?.message.contains("2 placeholders and 1 values") == true)
          }
          let row = try await statement.query(3, 2).collect().first
          #expect(try row?.decode(Double.self) == 3)
        }
        let error = await #expect(throws: MySQLError.self) {
          try await connection.withStatement("SELECT \(1)") { _ in }
        }
        #expect(error?.kind == .encoding)
      }
    }

    @Test(arguments: LiveServer.all)
    func aTimeLimitCoversPreparingAndExecuting(server: LiveServer) async throws {
      let connection = try await server.connect { $0.queryTimeout = .milliseconds(300) }
      let error = await #expect(throws: MySQLError.self) {
        try await connection.query("SELECT SLEEP(\(5))").collect()
      }
      #expect(error?.kind == .timeout)
      await connection.close()
    }
  }
}
