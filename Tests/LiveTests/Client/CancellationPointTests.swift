import MySQL
import Testing

extension Live {
  /// Cancels tasks at each of their suspension points, once while they wait and once as they resume.
  /// Whatever happens, the next statement gets its own answer in a session as good as new, and no connection stays
  /// leased.
  @Suite(.live, .timeLimit(.minutes(15))) struct CancellationPointTests {
    @Test(arguments: LiveServer.all, CancelledWork.allCases)
    func cancellingAtAnySuspensionIsClean(server: LiveServer, work: CancelledWork) async throws {
      try await server.withSchema { connection, schema in
        try await CancelledWork.prepare(connection)
        try await server.withClient {
          $0.database = schema
          $0.maxConnections = 1
          $0.allowsLocalInfile = work == .load
        } _: { client in
          let whole = CancellingExecutor(at: .max, .waiting)
          var holder = work == .waiting ? try await holder(of: client) : nil
          try await whole.run { try await work.run(0, on: client) }.get()
          try await holder?.value
          // Rows that are all there at once need no wait.
          #expect(whole.jobs > 1 || work == .rows)
          var cancelled = 0
          for (index, executor) in executors(after: whole).enumerated() {
            let number = index + 1
            if work == .waiting { holder = try await self.holder(of: client) }
            let result = await executor.run { [number] in try await work.run(number, on: client) }
            try await holder?.value
            let isDone = try expectEnd(result, executor)
            if !isDone { cancelled += 1 }
            try await expectCleanSession(client, number)
            if let rows = work.doneRows {
              try await client.expect("SELECT COUNT(*) FROM done WHERE id = \(number)", isDone ? rows : 0)
            }
            try await client.withConnection { connection in
              try await connection.ping()
              #expect(!connection.isInTransaction)
            }
            #expect(client.status.leased == 0 && client.status.waiting == 0)
          }
          #expect(cancelled > 0)
        }
      }
    }

    /// A connection is closed, or can be used as if nothing had happened.
    @Test(arguments: LiveServer.all, CancelledWork.onConnections)
    func cancellingOnAConnectionClosesItOrIsClean(server: LiveServer, work: CancelledWork) async throws {
      try await server.withSchema { admin, schema in
        try await CancelledWork.prepare(admin)
        let change = { (settings: inout MySQLConfiguration) in
          settings.database = schema
          settings.allowsLocalInfile = work == .load
        }
        var connection = try await server.connect(change)
        let whole = CancellingExecutor(at: .max, .waiting)
        try await whole.run { [connection] in try await work.run(0, on: connection) }.get()
        var cancelled = 0
        for (index, executor) in executors(after: whole).enumerated() {
          let number = index + 1
          let result = await executor.run { [connection] in try await work.run(number, on: connection) }
          let isDone = try expectEnd(result, executor)
          if !isDone { cancelled += 1 }
          do {
            try await expectCleanSession(connection, number)
            #expect(!connection.isInTransaction)
          } catch {
            guard connection.isClosed else { throw error }
            connection = try await server.connect(change)
          }
          if let rows = work.doneRows {
            try await connection.expect("SELECT COUNT(*) FROM done WHERE id = \(number)", isDone ? rows : 0)
          }
        }
        #expect(cancelled > 0)
        await connection.close()
      }
    }

    /// Returns what cancels at each suspension that the whole work had: at a third of them where the pass adds only TLS,
    /// and at some if bytes come one at a time.
    private func executors(after whole: CancellingExecutor) -> [CancellingExecutor] {
      // Depending on its speed, a task sometimes has fewer suspensions and sometimes a few more.
      let last = whole.jobs + 2
      let points = stride(
        from: 1, through: last, by: TestServers.areSlow ? max(1, last / 10) : Pass.current == .tls ? 3 : 1)
      return [CancellingExecutor.Moment.waiting, .goingOn].flatMap { moment in
        points.map { CancellingExecutor(at: $0, moment) }
      }
    }

    /// Returns whether the work was done. The only reason why it may not be is that its task was cancelled.
    private func expectEnd(_ result: Result<Void, any Error>, _ executor: CancellingExecutor) throws -> Bool {
      guard case .failure(let error) = result else { return true }
      #expect(
        (error as? MySQLError)?.kind == .cancelled,
        "\(executor.moment), suspension \(executor.point): \(error)")
      return false
    }

    /// Expects the next statement's own answer, and that no isolation level is left.
    private func expectCleanSession(_ db: some MySQLQueryable, _ number: Int) async throws {
      // A level for the next transaction would hold for this one.
      try await db.expect("SELECT COUNT(*) FROM uncommitted", 0)
      try await db.expect("SELECT \(number)", number)
      let levels = try await db.query(
        "SHOW VARIABLES WHERE variable_name IN ('transaction_isolation', 'tx_isolation')"
      ).collect().map { try $0.decode(at: 1, as: String.self) }
      #expect(Set(levels) == ["REPEATABLE-READ"])
    }

    /// Starts a task that holds the only connection for a moment. Returns once the task has got it, and perhaps has given
    /// it back already.
    private func holder(of client: MySQLClient) async throws -> Task<Void, any Error> {
      let (leased, signal) = AsyncStream<Void>.makeStream()
      let task = Task {
        defer { signal.finish() }
        try await client.withConnection { connection in
          signal.finish()
          try await connection.execute("DO SLEEP(0.01)")
        }
      }
      for await _ in leased {}
      return task
    }
  }
}
