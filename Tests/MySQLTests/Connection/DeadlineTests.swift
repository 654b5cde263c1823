import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct DeadlineTests {
  @Test(arguments: StallPoint.allCases) func connectingEndsByItsDeadline(point: StallPoint) async throws {
    let deadline = Duration.milliseconds(300)
    try await expectPunctual(deadline) {
      let server = try point.server()
      let settings = try server.settings {
        $0.connectTimeout = deadline
        $0.queryTimeout = .seconds(20)
        $0.initCommands = ["SET @a = 1"]
      }
      let taken = await duration {
        let error = await failure { try await MySQLConnection.connect(settings) }
        #expect(error?.kind == .timeout)
      }
      #expect(taken >= deadline, "\(taken)")
      #expect(try await server.connection().waitForEnd(), "the socket is still open")
      return taken
    }
  }

  @Test func connectingEndsByItsDeadlineThoughTheServerKeepsTalking() async throws {
    let server = try ScriptedServer { connection in
      connection.split(into: 1, every: .milliseconds(50))
      try connection.sendGreeting()
    }
    let settings = try server.settings { $0.connectTimeout = .milliseconds(300) }
    try await expectPunctual(settings.connectTimeout) {
      await duration {
        let error = await failure { try await MySQLConnection.connect(settings) }
        #expect(error?.kind == .timeout)
      }
    }
  }

  /// Where a server falls silent in the answer to a query, and how many rows it has sent by then.
  enum Silence: String, CaseIterable, CustomTestStringConvertible {
    case atOnce, inAHeader, behindTheColumns, inARow, betweenResults, slowlyForEver

    var testDescription: String { rawValue }
    var rows: ClosedRange<Int> {
      switch self {
      case .atOnce, .inAHeader, .behindTheColumns: 0...0
      case .inARow, .betweenResults: 2...2
      case .slowlyForEver: 1...100
      }
    }

    func answer(_ connection: ScriptedConnection) throws {
      switch self {
      case .atOnce: return
      case .inAHeader: return try connection.send([1, 0])
      case .betweenResults:
        return try connection.sendResult(columns: ["a"], rows: [["1"], ["2"]], status: .moreResults)
      case .behindTheColumns, .inARow, .slowlyForEver: break
      }
      try connection.sendColumns(["a"])
      if self == .inARow {
        try connection.sendRows([["1"], ["2"]], of: ["a"])
        try connection.send([4, 0, 0, connection.sequence, 3, 0x33])
      }
      var row = 0
      while self == .slowlyForEver {
        row += 1
        try connection.sendRows([[.text("\(row)")]], of: ["a"])
        try connection.delay(.milliseconds(20))
      }
    }
  }

  @Test(arguments: Silence.allCases) func aQueryEndsByItsDeadline(silence: Silence) async throws {
    let deadline = Duration.milliseconds(500)
    try await expectPunctual(deadline) {
      let server = try ScriptedServer { connection in
        try connection.acceptLogin()
        _ = try connection.readCommand()
        try silence.answer(connection)
        try connection.stall()
      }
      let client = try await server.connect { $0.queryTimeout = deadline }
      let rows = Counter()
      let taken = await duration {
        let error = await failure {
          for try await row in try await client.query("SELECT a FROM t") {
            rows.add(1)
            #expect(try row[0].decode(String.self) == "\(rows.value)")
          }
        }
        #expect(error?.kind == .timeout && error?.reach == .unknown && error?.isRetryable == false)
        #expect(error?.statement == "SELECT a FROM t")
      }
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

  /// What a connection is doing when it is closed.
  enum Closing: String, CaseIterable, CustomTestStringConvertible {
    case idle, duringAQuery, duringASend, withUnreadRows, withDroppedRows

    var testDescription: String { rawValue }
    /// Closing waits two seconds for rows that nobody wants any more, so that the server receives the goodbye.
    var deadline: Duration { self == .withDroppedRows ? .seconds(2) : .zero }
  }

  /// The server neither sends anything nor closes.
  @Test(arguments: Closing.allCases) func closingDoesNotWaitForTheServer(closing: Closing) async throws {
    try await expectPunctual(closing.deadline) {
      let server = try ScriptedServer { connection in
        try connection.acceptLogin()
        _ = try connection.readCommand()
        try connection.sendOK()
        if closing == .duringASend { try connection.stall() }
        if closing != .idle { _ = try connection.readCommand() }
        if closing == .withUnreadRows || closing == .withDroppedRows {
          try connection.sendColumns(["a"])
          try connection.sendRows([["1"]], of: ["a"])
        }
        try connection.stall()
      }
      let client = try await server.connect()
      try await client.ping()
      var rows: MySQLRows?
      var other: Task<MySQLError?, Never>?
      switch closing {
      case .idle: break
      case .duringAQuery:
        other = Task { await failure { try await client.query("SELECT a FROM t") } }
        try await server.waitFor("SELECT a FROM t")
      case .duringASend:
        let text = String(repeating: "x", count: 32 << 20)
        other = Task { await failure { try await client.query(MySQLQuery(unsafe: text)) } }
        try await Task.sleep(for: .milliseconds(100))
      case .withUnreadRows, .withDroppedRows:
        rows = try await client.query("SELECT a FROM t")
        if closing == .withDroppedRows { rows = nil }
      }
      let taken = await duration { await client.close() }
      withExtendedLifetime(rows) {}
      rows = nil
      let error = await other?.value
      #expect(other == nil || error?.kind == .connectionClosed, "\(String(describing: error))")
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

  /// A drain that never ended would keep the next command waiting.
  @Test func aResultThatIsGivenUpDoesNotHoldTheNextCommandForLong() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendColumns(["a"])
      try connection.stall()
    }
    let client = try await server.connect()
    _ = try await client.query("SELECT a FROM t")
    let error = await failure(.seconds(5)) { try await client.ping() }
    #expect(error?.kind == .connectionClosed && error?.reach == .notSent)
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
