import MySQL
import Testing

extension Live {
  /// Cancels tasks at each of their suspension points, once while they wait and once as they resume (R7).
  /// Whatever happens, the next statement gets its own answer, and no connection stays leased.
  @Suite(.live) struct CancellationPointTests {
    enum Work: String, CaseIterable, Sendable {
      case text, prepared, rows, statement, batch, session, transaction, waiting
    }

    @Test(arguments: LiveServer.all, Work.allCases)
    func cancellingAtAnySuspensionIsClean(server: LiveServer, work: Work) async throws {
      try await server.withSchema { connection, schema in
        try await connection.makeNumbers(1000)
        try await connection.execute("CREATE TABLE done (id INT, part INT) ENGINE = InnoDB")
        try await server.withClient {
          $0.database = schema
          $0.maxConnections = 1
        } _: { client in
          let whole = CancellingExecutor(at: .max, .waiting)
          var holder = work == .waiting ? try await holder(of: client) : nil
          try await whole.run { try await perform(work, 0, on: client) }.get()
          try await holder?.value
          let suspensions = whole.jobs
          // Rows that are all there at once need no wait.
          #expect(suspensions > 1 || work == .rows)
          var (number, cancelled) = (0, 0)
          for moment in [CancellingExecutor.Moment.waiting, .goingOn] {
            // Depending on its speed, a task sometimes has fewer suspensions and sometimes a few more.
            for point in 1...suspensions + 2 {
              number += 1
              let executor = CancellingExecutor(at: point, moment)
              if work == .waiting { holder = try await self.holder(of: client) }
              let result = await executor.run { [number] in try await perform(work, number, on: client) }
              try await holder?.value
              var isDone = true
              if case .failure(let error) = result {
                #expect(
                  (error as? MySQLError)?.kind == .cancelled, "\(moment), suspension \(point): \(error)")
                isDone = false
                cancelled += 1
              }
              try await client.expect("SELECT \(number)", number)
              if work == .transaction {
                try await client.expect("SELECT COUNT(*) FROM done WHERE id = \(number)", isDone ? 2 : 0)
              }
              #expect(client.status.leased == 0 && client.status.waiting == 0)
            }
          }
          #expect(cancelled > 0)
        }
      }
    }

    private func perform(_ work: Work, _ number: Int, on client: MySQLClient) async throws {
      switch work {
      case .text: try await client.expect("SELECT \(unsafe: "\(number)"), SLEEP(0.002)", number)
      case .prepared: try await client.expect("SELECT \(number), SLEEP(0.002)", number)
      case .rows:
        var sum = 0
        for try await n in try await client.query("SELECT n FROM numbers").decode(Int.self) { sum += n }
        #expect(sum == 500_500)
      case .statement:
        try await client.withStatement("SELECT ?, SLEEP(0.001)") { statement in
          for value in [number, number + 1] {
            let row = try await statement.query(value).collect()[0]
            #expect(try row.decode(at: 0, as: Int.self) == value)
          }
        }
      case .batch:
        let done = try await client.executeBatch(
          "INSERT INTO done VALUES (?, ?)", (0..<20).map { (number, $0) })
        #expect(done.executedRows == 20)
      case .session:
        try await client.withConnection { connection in
          try await connection.execute("SET @mine = \(number)")
          try await connection.expect("SELECT @mine, SLEEP(0.001)", number)
        }
      case .transaction:
        try await client.withTransaction { transaction in
          try await transaction.execute("INSERT INTO done VALUES (\(number), 0)")
          try await transaction.withTransaction { part in
            try await part.execute("INSERT INTO done VALUES (\(number), 1)")
          }
        }
      case .waiting: try await client.expect("SELECT \(number)", number)
      }
    }

    /// Starts a task that holds the only connection for a moment.
    private func holder(of client: MySQLClient) async throws -> Task<Void, any Error> {
      let task = Task { _ = try await client.query("SELECT SLEEP(0.01)").collect() }
      while client.status.leased == 0 { try await Task.sleep(for: .milliseconds(1)) }
      return task
    }
  }
}
