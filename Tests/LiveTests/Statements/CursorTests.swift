import MySQL
import Testing

extension Live {
  @Suite(.live) struct CursorTests {
    @Test(arguments: LiveServer.all, [1, 7, 100, 1000])
    func rowsAreFetchedInPieces(server: LiveServer, size: Int) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(100)
        let rows = try await connection.query(
          "SELECT n FROM numbers WHERE n > \(0) ORDER BY n", fetchSize: size)
        var seen: [Int] = []
        for try await n in rows.decode(Int.self) { seen.append(n) }
        #expect(seen == Array(1...100))
        let fetches = try await connection.counts("Com_stmt_fetch")
        #expect(fetches[0] >= 100 / size)
        // The statement still works.
        let again = try await connection.query("SELECT n FROM numbers WHERE n > \(98) ORDER BY n").collect()
        #expect(try again.map { try $0.decode(Int.self) } == [99, 100])
      }
    }

    @Test(arguments: LiveServer.all) func aCursorWithoutRowsEnds(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(1)
        let rows = try await connection.query("SELECT n FROM numbers WHERE n > \(5)", fetchSize: 10).collect()
        #expect(rows.isEmpty)
        let done = try await connection.query("UPDATE numbers SET n = n + \(1)", fetchSize: 10)
        #expect(done.columns.isEmpty)
        try await connection.expect("SELECT \(1) + 0", 1)
      }
    }

    @Test(arguments: LiveServer.all) func rowsLeftUnreadAreNotFetched(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(5000)
        for _ in 0..<20 {
          try await connection.readOne("SELECT n FROM numbers ORDER BY n", fetchSize: 2)
        }
        // If a cursor still read the table, it could not be altered.
        try await connection.execute("ALTER TABLE numbers ADD COLUMN m INT")
        let counts = try await connection.counts("Com_stmt_fetch")
        #expect(counts[0] <= 60)
      }
    }

    @Test(arguments: LiveServer.all) func anErrorDuringTheRowsIsThrown(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(1000)
        let rows = try await connection.query("SELECT n, EXP(n) FROM numbers", fetchSize: 10)
        let error = await #expect(throws: MySQLError.self) { try await rows.collect() }
        #expect(error?.server?.code.rawValue == 1690)
        try await connection.expect("SELECT \(1) + 0", 1)
      }
    }
  }
}

extension MySQLConnection {
  fileprivate func readOne(_ query: MySQLQuery, fetchSize: Int) async throws {
    for try await _ in try await self.query(query, fetchSize: fetchSize) { break }
  }
}
