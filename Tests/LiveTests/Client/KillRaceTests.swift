import MySQL
import MySQLTesting
import Testing

extension Live {
  /// Thousands of statements that are cancelled while others run, and as they end.
  @Suite(.live, .tags(.lengthy), .timeLimit(.minutes(15))) struct KillRaceTests {
    /// What the cancelled statements do, and how they get to the server.
    enum Course: String, CaseIterable, Sendable, Codable {
      case plain
      /// Each leaves a variable in its session, so that a reset goes ahead of the next statement.
      case leavingTraces
      case leavingTracesOverTLS

      /// How many statements are cancelled.
      var goal: Int {
        let all = TestServers.amount(Pass.current == .thread ? 1_000 : 10_000, aByteAtATime: 200)
        return self == .plain || Pass.isLongRun ? all : all / 5
      }

      /// A statement that takes some milliseconds. Its second column is null unless another statement's trace is there.
      func statement(_ nonce: Int, milliseconds: Int) -> MySQLQuery {
        let time = Double(milliseconds) / 1000
        return switch self {
        case .plain: "SELECT \(nonce), NULL, SLEEP(\(time))"
        case .leavingTraces, .leavingTracesOverTLS: "SELECT \(nonce), @left, @left := 1, SLEEP(\(time))"
        }
      }
    }

    /// Statements that are cancelled at random moments in 32 tasks, until 10,000 had been sent and were given up. Each
    /// returns its own nonce.
    @Test(arguments: LiveServer.all, Course.allCases)
    func cancellationsAtRandomMomentsMixNothingUpAndSpareTheConnections(
      server: LiveServer, course: Course
    ) async throws {
      let (goal, ended) = (course.goal, Counter())
      let events = PoolEvents()
      let settings = try server.configuration {
        $0.maxConnections = 32
        if course == .leavingTracesOverTLS { $0.tls.mode = .required }
      }
      let client = try MySQLClient(settings, observer: events)
      let before = try await statements(server)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<32 {
          group.addTask {
            var random = SeededGenerator(seed: UInt64(worker))
            var nonce = worker * 1_000_000
            while ended.value < goal {
              nonce += 1
              let statement = course.statement(nonce, milliseconds: .random(in: 0..<8, using: &random))
              let task = Task {
                let row = try await client.query(statement).collect()[0]
                return (try row.decode(at: 0, as: Int.self), try row.decode(at: 1, as: Int?.self))
              }
              try await Task.sleep(for: .microseconds(Int.random(in: 0..<4000, using: &random)))
              task.cancel()
              switch await task.result {
              case .success((let answer, let trace)): #expect(answer == nonce && trace == nil)
              case .failure(let error):
                let error = error as? MySQLError
                #expect(error?.kind == .cancelled, "\(String(describing: error))")
                if error?.reach == .unknown { ended.add(1) }
              }
            }
          }
        }
        try await group.waitForAll()
      }
      // At least 99 of 100 cancellations keep their connection, except through a proxy, where nothing can be killed.
      #expect(
        events.closed <= ended.value / 100 || TestServers.areSlow,
        "\(events.closed) of \(events.opened) closed, \(ended.value) cancelled")
      await client.shutdown()
      try await server.withConnection { try await server.waitForOthers(than: $0) }
      let after = try await statements(server)
      #expect(after <= before)
    }

    /// Kills that arrive as the statement ends: the next statement is never hit. Each task cancels a little later after
    /// a statement that it has cancelled, and a little earlier after one that has ended before. So about half of the
    /// statements are killed. A fifth must be, which leaves room for those whose answer arrives along with the
    /// cancellation: nothing is left to kill then. The statements last so long that their connections do not count as
    /// quick (see `Pace`), where cancellations are noticed later.
    @Test(arguments: LiveServer.all) func aKillNeverHitsAnotherStatement(server: LiveServer) async throws {
      let rounds = TestServers.amount(Pass.current == .thread ? 500 : 5_000, aByteAtATime: 200)
      let before = try await kills(server)
      try await server.withClient {
        $0.maxConnections = 4
      } _: { client in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for worker in 0..<4 {
            group.addTask {
              var random = SeededGenerator(seed: UInt64(worker))
              var microseconds = 3000
              for round in 0..<rounds / 4 {
                let task = Task { try await client.query("SELECT \(round), SLEEP(0.003)").collect().count }
                let delay = max(0, microseconds + Int.random(in: -200...200, using: &random))
                try await Task.sleep(for: .microseconds(delay))
                task.cancel()
                switch await task.result {
                case .success: microseconds = max(0, microseconds - 20)
                case .failure(let error):
                  #expect((error as? MySQLError)?.kind == .cancelled, "\(error)")
                  microseconds += 20
                }
                // Long enough for a delayed kill to hit it.
                let next = try await client.query("SELECT \(round), SLEEP(0.0025)").collect()
                #expect(try next[0].decode(at: 0, as: Int.self) == round)
              }
            }
          }
          try await group.waitForAll()
        }
        let sent = try await kills(server) - before
        #expect(sent >= rounds / 5 || TestServers.areSlow, "\(sent) kills in \(rounds) rounds")
      }
    }

    private func statements(_ server: LiveServer) async throws -> Int {
      try await server.withConnection { try await $0.globalStatus("Prepared_stmt_count") }
    }

    /// Returns how many KILLs the server has had.
    private func kills(_ server: LiveServer) async throws -> Int {
      try await server.withConnection { try await $0.globalStatus("Com_kill") }
    }
  }
}
