import MySQL
import Testing

extension LiveServer {
  /// Calls a closure with a client, and shuts the client down afterwards.
  func withClient<R>(
    _ change: (inout MySQLConfiguration) -> Void = { _ in },
    _ body: nonisolated(nonsending) (MySQLClient) async throws -> sending R
  ) async throws -> sending R {
    let client = try MySQLClient(configuration(change))
    do {
      let result = try await body(client)
      await client.shutdown()
      return result
    } catch {
      await client.shutdown()
      throw error
    }
  }
}

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

    @Test(arguments: LiveServer.all) func connectsToNothingBeforeItIsUsed(server: LiveServer) async throws {
      let client = try MySQLClient(server.configuration())
      #expect(client.status.open == 0)
      await client.shutdown()
      await #expect(throws: MySQLError.self) { try await client.execute("DO 0") }
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
        try await client.withConnection { _ in
          let error = await #expect(throws: MySQLError.self) { try await client.execute("DO 0") }
          #expect(error?.kind == .timeout && error?.reach == .notSent)
          #expect(error?.message.contains("LiveTests/ClientTests.swift:") == true, "\(error?.message ?? "")")
          #expect(error?.message.contains("max-connections") == true)
          #expect(client.status.leases.count == 1)
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
        let turns = Tally()
        let late = Tally()
        try await withThrowingTaskGroup { group in
          for _ in 0..<64 {
            group.addTask {
              for _ in 0..<20 {
                let asked = turns.count
                try await client.withConnection { connection in
                  // No other task counts while this task has the connection.
                  if turns.count - asked > 3 * 64 { late.add(1) }
                  turns.add(1)
                  _ = try await connection.query("SELECT 1").collect()
                }
              }
            }
          }
          try await group.waitForAll()
        }
        #expect(turns.count == 64 * 20)
        // The system may preempt a thread before it has asked.
        #expect(late.count <= 2)
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

    @Test(arguments: LiveServer.all) func shuttingDownWaitsForWhatIsInUse(server: LiveServer) async throws {
      let client = try MySQLClient(server.configuration())
      let slow = Task { try await client.query("SELECT SLEEP(0.5)").collect()[0].decode(Int.self) }
      while client.status.leased == 0 { try await Task.sleep(for: .milliseconds(5)) }
      await client.shutdown(within: .seconds(5))
      #expect(try await slow.value == 0)
      #expect(client.status.open == 0)
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func shuttingDownDoesNotWaitForEver(server: LiveServer) async throws {
      let client = try MySQLClient(server.configuration())
      let slow = Task { try await client.execute("DO SLEEP(20)") }
      while client.status.leased == 0 { try await Task.sleep(for: .milliseconds(5)) }
      let start = ContinuousClock.now
      await client.shutdown(within: .milliseconds(300))
      #expect(start.duration(to: .now) < .seconds(2))
      await #expect(throws: MySQLError.self) { try await slow.value }
    }

    @Test(arguments: LiveServer.all) func runsUntilItsTaskIsCancelled(server: LiveServer) async throws {
      let client = try MySQLClient(server.configuration { $0.minConnections = 2 })
      let running = Task { await client.run() }
      while client.status.open < 2 { try await Task.sleep(for: .milliseconds(5)) }
      try await client.execute("DO 0")
      running.cancel()
      await running.value
      #expect(client.status.open == 0)
    }

    @Test(arguments: LiveServer.all) func withAWrongPasswordItFailsAtOnce(server: LiveServer) async throws {
      let client = try MySQLClient(
        server.configuration {
          $0.user = "nobody_of_that_name"
          $0.password = "wrong"
        })
      let start = ContinuousClock.now
      let error = await #expect(throws: MySQLError.self) { try await client.execute("DO 0") }
      #expect(error?.kind == .authentication)
      #expect(start.duration(to: .now) < .seconds(3))
      await client.shutdown()
    }

    /// A client and a transaction handle values of `Encodable` types as a connection does.
    @Test(arguments: LiveServer.all) func structsGoIntoTables(server: LiveServer) async throws {
      struct Point: Codable, Equatable {
        var id: Int
        var name: String?
      }
      func insert(_ base: Int, on db: some MySQLQueryable) async throws {
        try await db.execute("INSERT INTO points \(values: Point(id: base, name: "a"))")
        let changed = Point(id: base, name: "b")
        try await db.execute("UPDATE points SET \(assignments: changed) WHERE id = \(base)")
        let done = try await db.executeBatch(
          into: "points", [Point(id: base + 1, name: nil), Point(id: base + 2, name: "d'Arc")])
        #expect(done.rows == 2 && done.affectedRows == 2)
        let rows = try await db.query("SELECT id, name FROM points WHERE id >= \(base) ORDER BY id").collect()
        let stored = try rows.map { try $0.decode(Point.self) }
        #expect(stored.map(\.id) == [base, base + 1, base + 2])
        #expect(stored.map(\.name) == ["b", nil, "d'Arc"])
      }
      try await server.withSchema { connection, schema in
        try await connection.execute("CREATE TABLE points (id INT PRIMARY KEY, name VARCHAR(20))")
        try await server.withClient {
          $0.database = schema
        } _: { client in
          try await insert(10, on: client)
          try await client.withTransaction { try await insert(20, on: $0) }
        }
        try await connection.expect("SELECT COUNT(*) FROM points", 6)
      }
    }

    /// Values are written into the statement's text, for places where nothing can be prepared.
    @Test(.tags(.text), arguments: LiveServer.all)
    func nothingIsPreparedInTextMode(server: LiveServer) async throws {
      try await server.withSchema { admin, schema in
        try await admin.execute("CREATE TABLE t (id INT, name VARCHAR(40) CHARACTER SET utf8mb4)")
        try await server.withClient {
          $0.database = schema
          $0.statementMode = .text
        } _: { client in
          // The counts of a session that is just ending are in neither sum for a moment.
          try await server.waitForOthers(than: admin)
          let before = try await admin.globalStatus("Com_stmt_prepare")
          try await client.execute("INSERT INTO t VALUES (\(1), \("d'Arc \\ ☃"))")
          let done = try await client.executeBatch("INSERT INTO t VALUES (?, ?)", [(2, "b"), (3, "c")])
          #expect(done.rows == 2 && done.affectedRows == 2)
          try await client.expect("SELECT name FROM t WHERE id = \(1)", "d'Arc \\ ☃")
          try await client.withStatement("SELECT COUNT(*) FROM t WHERE id > ?") { statement in
            let count = try await statement.query(1).collect()[0].decode(Int.self)
            #expect(count == 2)
          }
          let after = try await admin.globalStatus("Com_stmt_prepare")
          #expect(after == before)
        }
      }
    }
  }
}
