#if os(Linux)
  import MySQL
  import Testing

  extension Live.RestartTests {
    /// No caller notices that the server has closed connections because they were idle: 1,000 in a long run, 125 in
    /// others.
    @Test(arguments: OwnServer.kinds)
    func connectionsThatWereIdleForTooLongAreReplaced(kind: OwnServer.Kind) async throws {
      let (_, client) = try await start(kind) { $0.maxConnections = 125 }
      try await useConnections(of: client)
      for _ in 0..<(Pass.isLongRun ? 8 : 1) {
        try await Task.sleep(for: .milliseconds(2500))
        try await useConnections(of: client)
      }
      await client.shutdown()
    }

    /// Uses 125 connections at once, in each way that a client has.
    private func useConnections(of client: MySQLClient) async throws {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<125 {
          group.addTask {
            // Slow enough that each call needs its own connection.
            switch number % 4 {
            case 0: try await client.expect("SELECT \(number), SLEEP(0.2)", number)
            case 1:
              try await client.withTransaction { transaction in
                try await transaction.expect("SELECT \(number), SLEEP(0.2)", number)
              }
            case 2:
              try await client.withConnection { connection in
                try await connection.expect("SELECT \(number), SLEEP(0.2)", number)
              }
            default:
              let done = try await client.executeBatch("DO SLEEP(?)", [0.1, 0.1])
              #expect(done.executedRows == 2)
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }
#endif
