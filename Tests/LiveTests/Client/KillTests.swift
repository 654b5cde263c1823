import MySQL
import MySQLTesting
import Testing

extension Live {
  /// Cancelling and time limits end the statement at the server, and keep the connection.
  @Suite(.live) struct KillTests {
    @Test(.tags(.waiting), arguments: LiveServer.all, [MySQLConfiguration.Cancellation.kill, .wait])
    func aStatementIsEndedAtTheServer(
      server: LiveServer, cancellation: MySQLConfiguration.Cancellation
    ) async throws {
      try await server.withConnection {
        $0.cancellation = cancellation
      } _: { connection in
        let task = Task { try await connection.execute("DO SLEEP(20)") }
        try await server.waitForStatement(of: connection)
        let start = ContinuousClock.now
        task.cancel()
        let error = await #expect(throws: MySQLError.self) { try await task.value }
        #expect(error?.kind == .cancelled && error?.reach == .unknown)
        try await connection.expect("SELECT 1", 1)
        #expect(start.duration(to: .now) < .seconds(2))
      }
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aTimeLimitEndsTheStatementAndNotTheConnection(server: LiveServer) async throws {
      try await server.withConnection { connection in
        for _ in 0..<3 {
          let error = await #expect(throws: MySQLError.self) {
            try await connection.execute("DO SLEEP(20)", timeout: .milliseconds(100))
          }
          #expect(error?.kind == .timeout)
          try await connection.expect("SELECT 1", 1)
        }
      }
      try await server.withConnection {
        $0.queryTimeout = .milliseconds(100)
      } _: { connection in
        let error = await #expect(throws: MySQLError.self) { try await connection.execute("DO SLEEP(20)") }
        #expect(error?.kind == .timeout)
        try await connection.expect("SELECT 1", 1)
      }
    }

    /// Results that would take long to read are ended at the server too.
    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aLargeResultThatIsDroppedSparesItsConnection(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(1000)
        for _ in 0..<3 {
          _ = try await connection.query("SELECT REPEAT('x', 10000) FROM numbers a, numbers b")
          try await connection.expect("SELECT 1", 1)
        }
      }
    }

    /// 10,000 cancellations, each at a random moment, in 32 tasks. Each statement returns its own nonce.
    @Test(.tags(.lengthy), arguments: LiveServer.all)
    func cancellationsAtRandomMomentsMixNothingUpAndSpareTheConnections(server: LiveServer) async throws {
      let rounds = TestServers.amount(Pass.current == .thread ? 1_000 : 10_000, aByteAtATime: 500) / 32
      let (right, cancelled) = (Tally(), Tally())
      let events = PoolEvents()
      let client = try MySQLClient(server.configuration { $0.maxConnections = 16 }, observer: events)
      let before = try await statements(server)
      try await withThrowingTaskGroup { group in
        for worker in 0..<32 {
          group.addTask {
            var random = SeededGenerator(seed: UInt64(worker))
            for round in 0..<rounds {
              let nonce = worker * 100_000 + round
              let sleep = Int.random(in: 0..<4, using: &random)
              let task = Task {
                try await client.query("SELECT \(nonce), SLEEP(\(Double(sleep) / 1000))").collect()[0].decode(
                  at: 0, as: Int.self)
              }
              try await Task.sleep(for: .microseconds(Int.random(in: 0..<4000, using: &random)))
              task.cancel()
              switch await task.result {
              case .success(let answer):
                #expect(answer == nonce)
                right.add(1)
              case .failure(let error):
                #expect((error as? MySQLError)?.kind == .cancelled, "\(error)")
                cancelled.add(1)
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let (answered, ended) = (right.count, cancelled.count)
      #expect(answered + ended == rounds * 32)
      #expect(ended > rounds)
      // At least 99 of 100 cancellations keep their connection.
      #expect(
        events.closed <= 16 + ended / 100, "\(events.closed) of \(events.opened) closed, \(ended) cancelled")
      await client.shutdown()
      try await server.withConnection { try await server.waitForOthers(than: $0) }
      let after = try await statements(server)
      #expect(after <= before)
    }

    /// Kills that arrive as the statement ends: the next statement is never hit.
    @Test(.tags(.lengthy), arguments: LiveServer.all)
    func aKillNeverHitsAnotherStatement(server: LiveServer) async throws {
      let rounds = TestServers.amount(Pass.current == .thread ? 500 : 5_000, aByteAtATime: 200)
      try await server.withClient {
        $0.maxConnections = 4
      } _: { client in
        try await withThrowingTaskGroup { group in
          for worker in 0..<4 {
            group.addTask {
              var random = SeededGenerator(seed: UInt64(worker))
              for round in 0..<rounds / 4 {
                let task = Task { try await client.query("SELECT \(round)").collect().count }
                try await Task.sleep(for: .microseconds(Int.random(in: 0..<400, using: &random)))
                task.cancel()
                _ = await task.result
                // Long enough for a delayed kill to hit it.
                let next = try await client.query("SELECT \(round), SLEEP(0.0001)").collect()
                #expect(try next[0].decode(at: 0, as: Int.self) == round)
              }
            }
          }
          try await group.waitForAll()
        }
      }
    }

    private func statements(_ server: LiveServer) async throws -> Int {
      try await server.withConnection { try await $0.globalStatus("Prepared_stmt_count") }
    }
  }
}
