import MySQL
import Testing

extension Live {
  @Suite(.live) struct ClientTests {
    @Test(arguments: LiveServer.all) func runsStatementsOnAsManyConnectionsAsItMay(
      server: LiveServer
    ) async throws {
      try await server.withClient {
        $0.maxConnections = 3
      } _: { client in
        try await withThrowingTaskGroup { group in
          for number in 0..<60 {
            group.addTask {
              let row = try await client.query("SELECT \(number), CONNECTION_ID()").collect()[0]
              let (answer, id) = try row.decode((Int, Int).self)
              #expect(answer == number)
              return id
            }
          }
          var ids: Set<Int> = []
          for try await id in group { ids.insert(id) }
          #expect(1...3 ~= ids.count)
        }
        #expect(client.status.leased == 0 && client.status.waiting == 0)
        #expect(1...3 ~= client.status.open)
      }
    }

    /// Rows stream. They give the connection back at their end, when they are dropped, and when the task is cancelled.
    @Test(arguments: LiveServer.all) func rowsGiveTheirConnectionBack(server: LiveServer) async throws {
      try await server.withClient {
        $0.maxConnections = 1
      } _: { client in
        for _ in 0..<3 {
          let read = try await client.query("SELECT 1 UNION SELECT 2").collect()
          #expect(read.count == 2)
          _ = try await client.query("SELECT 3")
          let task = Task {
            for try await _ in try await client.query("SELECT 4 UNION SELECT 5") {
              withUnsafeCurrentTask { $0?.cancel() }
            }
          }
          _ = await task.result
        }
        let id = try await client.connectionID()
        let again = try await client.connectionID()
        #expect(id == again)
      }
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aWaitThatIsTooLongEndsWithTheHoldersNamed(server: LiveServer) async throws {
      try await server.withClient {
        $0.maxConnections = 1
        $0.acquireTimeout = .milliseconds(200)
      } _: { client in
        // On a busy machine, opening the connection may take longer than a wait may.
        while (try? await client.execute("DO 0")) == nil {}
        try await client.withConnection { _ in
          let error = await #expect(throws: MySQLError.self) { try await client.execute("DO 0") }
          #expect(error?.kind == .timeout && error?.reach == .notSent)
          #expect(error?.message.contains("LiveTests/ClientTests.swift:") == true, "\(error?.message ?? "")")
          #expect(error?.message.contains("max-connections") == true)
          let leases = client.status.leases
          #expect(leases.count == 1 && leases[0].location.hasPrefix("LiveTests/ClientTests.swift:"))
        }
        try await client.execute("DO 0")
      }
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func closesWhatIsIdleForTooLong(server: LiveServer) async throws {
      try await server.withClient {
        $0.maxConnections = 4
        $0.minConnections = 1
        $0.idleTimeout = .milliseconds(200)
      } _: { client in
        try await withThrowingTaskGroup { group in
          for _ in 0..<4 { group.addTask { try await client.execute("DO SLEEP(0.1)") } }
          try await group.waitForAll()
        }
        #expect(client.status.open > 1)
        try await Task.sleep(for: .seconds(1))
        #expect(client.status.open == 1)
      }
    }

    /// Between a task's request for the one connection and its turn, each of the 63 others gets about one turn.
    @Test(arguments: LiveServer.all) func oneConnectionIsSharedFairly(server: LiveServer) async throws {
      try await server.withClient {
        $0.maxConnections = 1
        $0.acquireTimeout = .seconds(60)
      } _: { client in
        let turns = Counter()
        let late = Counter()
        try await withThrowingTaskGroup { group in
          for _ in 0..<64 {
            group.addTask {
              for _ in 0..<20 {
                let asked = turns.value
                try await client.withConnection { connection in
                  // No other task counts while this task has the connection.
                  if turns.value - asked > 3 * 64 { late.add(1) }
                  turns.add(1)
                  _ = try await connection.query("SELECT 1").collect()
                }
              }
            }
          }
          try await group.waitForAll()
        }
        #expect(turns.value == 64 * 20)
        // The system may preempt a thread before it has asked.
        #expect(late.value <= 2)
      }
    }

    @Test(arguments: LiveServer.all) func aConnectionThatTheServerHasKilledIsReplaced(
      server: LiveServer
    ) async throws {
      try await server.withClient {
        $0.maxConnections = 1
      } _: { client in
        for _ in 0..<20 {
          let id = try await client.connectionID()
          try await server.withConnection { try await $0.execute("KILL \(unsafe: "\(id)")") }
          // A proxy takes a moment to forward the end of the connection.
          if TestServers.areSlow { try await Task.sleep(for: .milliseconds(100)) }
          let next = try await client.connectionID()
          #expect(next != id)
        }
      }
    }
  }
}
