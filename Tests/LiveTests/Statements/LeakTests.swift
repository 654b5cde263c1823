import MySQL
import Testing

extension Live {
  @Suite(.live, .tags(.lengthy, .data)) struct LeakTests {
    /// Returns how many statements the server has open for all its clients.
    private func openStatements(_ connection: MySQLConnection) async throws -> Int {
      try await connection.globalStatus("Prepared_stmt_count")
    }

    /// Waits a while until at most `expected` statements are open, and returns their number.
    private func openStatements(_ connection: MySQLConnection, downTo expected: Int) async throws -> Int {
      var count = 0
      for _ in 0..<100 {
        count = try await openStatements(connection)
        if count <= expected { break }
        try await Task.sleep(for: .milliseconds(100))
      }
      return count
    }

    @Test(arguments: LiveServer.all)
    func aHundredThousandExecutionsLeaveNothingOpen(server: LiveServer) async throws {
      try await server.withSchema { watcher, schema in
        try await watcher.execute("CREATE TABLE t (id INT PRIMARY KEY)")
        try await watcher.execute("INSERT INTO t VALUES (1), (2), (3)")
        let before = try await openStatements(watcher)
        var connection = try await server.connect {
          $0.database = schema
          $0.statementCacheSize = 20
        }
        var random = SystemRandomNumberGenerator()
        var cancelled = 0
        // Under a sanitizer, all of them would take minutes.
        let times =
          ProcessStatus.isSanitized
          ? 10_000 : TestServers.times(100_000, with: server, wholeWithMariaDB: false)
        let count = TestServers.amount(times, aByteAtATime: 2000)
        for round in 0..<count {
          // Forty texts for twenty places, and one execution in a hundred of each kind that fails.
          let column = "c\(round % 40)"
          switch round % 100 {
          case 13:
            await #expect(throws: MySQLError.self) {
              try await connection.query("SELECT no_such_column FROM t WHERE id = \(round)")
            }
          case 37:
            await #expect(throws: MySQLError.self) {
              try await connection.execute("INSERT INTO t (id) VALUES (\(round % 3 + 1))")
            }
          case 61:
            _ = try await connection.query("SELECT id, \(round) AS \(identifier: column) FROM t")
          case 87 where round % 5000 == 87:
            let task = Task { [connection] in try await connection.query("SELECT SLEEP(\(0.01))") }
            try await Task.sleep(for: .microseconds(Int.random(in: 0..<3000, using: &random)))
            task.cancel()
            _ = await task.result
            cancelled += 1
            await connection.close()
            connection = try await server.connect {
              $0.database = schema
              $0.statementCacheSize = 20
            }
          default:
            let row = try await connection.query("SELECT id, \(round) + 0 AS \(identifier: column) FROM t")
              .collect()
            if row.count != 3 { Issue.record("\(row.count) rows") }
          }
          if round % 10_000 == 9999 {
            // The statements in the cache, and the one about to be closed. The server may not yet have ended
            // abandoned connections.
            let open = try await openStatements(watcher, downTo: before + 21)
            #expect(open <= before + 21)
          }
        }
        #expect(cancelled == (count - 88) / 5000 + 1)
        await connection.close()
        #expect(try await openStatements(watcher, downTo: before) <= before)
      }
    }

    @Test(arguments: LiveServer.all)
    func cancellingAtAnyMomentNeverMixesUpAnswers(server: LiveServer) async throws {
      var random = SystemRandomNumberGenerator()
      var connection = try await server.connect { $0.statementCacheSize = 2 }
      for round in 0..<300 {
        if connection.isClosed { connection = try await server.connect { $0.statementCacheSize = 2 } }
        let text = "c\(round % 4)"
        let task = Task { [connection] in
          let rows = try await connection.query("SELECT \(round) + 0 AS \(identifier: text)").collect()
          return try #require(rows.first).decode(Int.self)
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0..<400, using: &random)))
        task.cancel()
        switch await task.result {
        case .success(let answer): #expect(answer == round)
        case .failure(let error as MySQLError):
          #expect([.cancelled, .connectionClosed, .connectionLost].contains(error.kind))
        case .failure(let error): Issue.record(error)
        }
      }
      await connection.close()
    }
  }
}
