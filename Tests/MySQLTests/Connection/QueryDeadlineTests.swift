import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct QueryDeadlineTests {
  @Test(arguments: Silence.allCases) func aQueryEndsByItsDeadline(silence: Silence) async throws {
    let deadline = Duration.milliseconds(500)
    // The time that the program takes for a row that has arrived does not count.
    try await expectPunctual(deadline, waits: silence == .slowlyForEver ? 50 : 1) {
      let server = try ScriptedServer { connection in
        try connection.acceptLogin()
        _ = try connection.readCommand()
        try silence.answer(connection)
        try connection.stall()
      }
      let client = try await server.connect { $0.queryTimeout = deadline }
      let rows = Counter()
      var wasReady = true
      let taken = await duration {
        let error = await failure {
          for try await row in try await client.query("SELECT a FROM t") {
            rows.add(1)
            #expect(try row[0].decode(String.self) == "\(rows.value)")
          }
        }
        // The machine was so busy that not even the session was ready in time.
        wasReady = error?.reach != .notSent
        guard wasReady else { return }
        #expect(error?.kind == .timeout && error?.reach == .unknown && error?.isRetryable == false)
        #expect(error?.statement == "SELECT a FROM t")
      }
      guard wasReady else { return .seconds(60) }
      #expect(taken >= .milliseconds(490), "\(taken)")
      #expect(silence.rows.contains(rows.value), "\(rows.value) rows")
      await client.expectClosed()
      return taken
    }
  }

  /// Where a server falls silent around a statement with values.
  enum SilenceOfAStatement: String, CaseIterable, CustomTestStringConvertible {
    case whilePreparing, whileExecuting, whileItDoesNotRead

    var testDescription: String { rawValue }
  }

  @Test(arguments: SilenceOfAStatement.allCases)
  func aStatementEndsByItsDeadline(silence: SilenceOfAStatement) async throws {
    let deadline = Duration.milliseconds(500)
    let statement: MySQLQuery =
      silence == .whileItDoesNotRead ? "\(unsafe: String(repeating: "x", count: 16 << 20))" : "DO \("text")"
    try await expectPunctual(deadline) {
      let server = try ScriptedServer { connection in
        try connection.acceptLogin()
        _ = try connection.readCommand()
        try connection.sendOK()
        while silence != .whileItDoesNotRead {
          guard case .prepare = try connection.readCommand(), silence == .whileExecuting else { break }
          try connection.sendPrepared(1, parameters: ["?"])
        }
        try connection.stall()
      }
      let client = try await server.connect { $0.queryTimeout = deadline }
      try await client.ping()
      let taken = await duration {
        let error = await #expect(throws: MySQLError.self) { try await client.execute(statement) }
        #expect(error?.kind == .timeout && error?.isRetryable == false)
      }
      #expect(taken >= .milliseconds(490), "\(taken)")
      await client.expectClosed()
      return taken
    }
  }

  @Test func theTimeBetweenCommandsDoesNotCount() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        _ = try connection.readCommand()
        try connection.sendOK()
      }
    }
    let client = try await server.connect { $0.queryTimeout = .seconds(1) }
    for _ in 0..<3 {
      try await client.ping()
      try await Task.sleep(for: .milliseconds(1100))
    }
    await client.close()
  }

  @Test func aDeadlineAndAnAnswerThatRaceHaveOneOutcome() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while case .query(let text) = try connection.readCommand() {
        try connection.delay(.milliseconds(text.utf8.count % 3))
        try connection.sendResult(columns: ["a"], rows: [[.text(text)]])
      }
    }
    let (answers, timeouts) = (Counter(), Counter())
    try await watched(.seconds(60)) {
      try await withThrowingTaskGroup { group in
        for worker in 0..<8 {
          group.addTask {
            var client: MySQLConnection?
            for round in 0..<250 {
              if client?.isClosed != false {
                client = try await server.connect { $0.queryTimeout = .milliseconds(1) }
              }
              let marker = "\(worker) \(String(repeating: "x", count: round % 3)) \(round)"
              do throws(MySQLError) {
                let rows = try await client?.query(MySQLQuery(unsafe: marker)).collect()
                #expect(
                  try rows?.map { row throws(MySQLError) in try row[0].decode(String.self) } == [marker])
                answers.add(1)
              } catch {
                // The alarm may also have fired just after the previous answer.
                #expect(error.kind == .timeout || error.kind == .connectionClosed && error.reach == .notSent)
                timeouts.add(1)
              }
            }
            await client?.close()
          }
        }
        try await group.waitForAll()
      }
    }
    #expect(answers.value + timeouts.value == 2000)
    #expect(answers.value > 0 && timeouts.value > 0, "\(answers.value) answers, \(timeouts.value) timeouts")
  }
}
