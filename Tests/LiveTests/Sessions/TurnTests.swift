import MySQL
import Testing

extension Live {
  @Suite(.live, .byBothProtocols, .tags(.indifferent)) struct TurnTests {
    @Test(arguments: LiveServer.all) func aHundredTasksWaitTheirTurn(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        let size = TestServers.amount(100_000, aByteAtATime: 2000)
        try await connection.makeNumbers(1)
        try await connection.execute("SET @count = 0")
        let answers = try await withThrowingTaskGroup { group in
          for number in 1...100 {
            group.addTask {
              switch number % 4 {
              case 0: try await connection.ping()
              case 1: try await connection.execute("SELECT REPEAT('x', \(unsafe: "\(size)"))")
              default: break
              }
              try await connection.execute("SET @count = @count + 1")
              let answer = MySQLQuery(unsafe: "UPDATE numbers SET n = LAST_INSERT_ID(\(number))")
              return try await connection.execute(answer).lastInsertID
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.sorted() == Array(1...100))
        try await connection.expect("SELECT @count", 100)
      }
    }

    @Test(arguments: LiveServer.all) func aCommandAfterUnreadRowsFailsAtOnce(server: LiveServer) async throws
    {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(100)
        let rows = try await connection.query("SELECT n FROM numbers")
        // All of it may have arrived; what matters is that nobody has read it.
        try await Task.sleep(for: .milliseconds(20))
        let error = await #expect(throws: MySQLError.self) { try await connection.ping() }
        #expect(error?.kind == .misuse)
        #expect(error?.reach == .notSent)
        let all = try await rows.collect()
        #expect(all.count == 100)
        try await connection.ping()
      }
    }

    /// The second query waits for the rows of the first, which are read only after it.
    @Test(.tags(.waiting), arguments: LiveServer.all) func twoResultsThatWaitForEachOtherAreAnError(
      server: LiveServer
    ) async throws {
      try await server.withConnection { connection in
        let first = Task { try await connection.query("SELECT SLEEP(0.05), 1") }
        try await Task.sleep(for: .milliseconds(20))
        let second = Task { try await connection.query("SELECT 2") }
        let error = await #expect(throws: MySQLError.self) { _ = try await second.value }
        #expect(error?.kind == .misuse)
        let rows = try await first.value.collect()
        #expect(rows.count == 1)
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all) func nothingComesBetweenAResetAndItsInitCommands(
      server: LiveServer
    ) async throws {
      let commands = ["SET @prepared = 0", "SET @prepared = 1"]
      try await server.withConnection({ $0.initCommands = commands }) { connection in
        try await withThrowingTaskGroup { group in
          for _ in 1...20 {
            group.addTask { try await connection.reset() }
            group.addTask {
              for _ in 1...5 {
                // The subquery returns two rows, which is an error, unless the session is prepared.
                try await connection.execute("DO IF(@prepared = 1, 1, (SELECT 1 UNION SELECT 2))")
              }
            }
          }
          try await group.waitForAll()
        }
      }
    }

    @Test(arguments: LiveServer.all) func ofTwoReadersAtOnceOneHasAllTheRows(server: LiveServer) async throws
    {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(2000)
        let size = TestServers.amount(1000, aByteAtATime: 20)
        let rows = try await connection.query(
          "SELECT n, REPEAT('x', \(unsafe: "\(size)")), SLEEP(n = 1500) FROM numbers")
        let counts = await withTaskGroup { group in
          for _ in 1...2 {
            group.addTask {
              var count = 0
              do {
                for try await _ in rows { count += 1 }
              } catch {
                #expect((error as? MySQLError)?.kind == .misuse)
              }
              return count
            }
          }
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.reduce(0, +) == 2000)
        try await connection.ping()
      }
    }
  }
}
