import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct CancellationTests {
  @Test(arguments: StallPoint.allCases) func connectingCanBeCancelledAnywhere(point: StallPoint) async throws
  {
    let server = try point.server()
    let settings = try server.settings { $0.initCommands = ["SET @a = 1"] }
    let task = Task { try await MySQLConnection.connect(settings) }
    let connection = try await server.connection()
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    let error = await failure { try await task.value }
    #expect(error?.kind == .cancelled)
    #expect(await connection.waitForEnd(), "the socket is still open")
  }

  @Test func aCancelledTaskSendsNothing() async throws {
    let server = try ScriptedServer.echo()
    let client = try await server.connect()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await client.ping()
    }
    let error = await failure { try await task.value }
    #expect(error?.kind == .cancelled && error?.reach == .notSent)
    try await client.ping()
    await client.close()
  }

  @Test func aTaskThatWaitsForItsTurnCanBeCancelledAlone() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.delay(.milliseconds(1000))
      try connection.sendOK()
      #expect(try connection.readCommand() == .query("third"))
      try connection.sendOK()
      #expect(try connection.readCommand() == .quit)
    }
    let client = try await server.connect()
    let first = Task { try await client.ping() }
    try await server.waitFor("\u{1}\0\0\0\u{E}")
    let second = Task { try await client.execute("second") }
    let third = Task { try await client.execute("third") }
    try await Task.sleep(for: .milliseconds(50))
    second.cancel()
    let error = await failure(.milliseconds(500)) { try await second.value }
    #expect(error?.kind == .cancelled && error?.reach == .notSent)
    try await watched { try await first.value }
    _ = try await watched { try await third.value }
    await client.close()
    server.stop()
    #expect(server.errors.isEmpty)
  }

  @Test(arguments: Silence.allCases)
  func aQueryCanBeCancelledAnywhere(silence: Silence) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try silence.answer(connection)
      try connection.stall()
    }
    let client = try await server.connect()
    let rows = Counter()
    let task = Task {
      for try await _ in try await client.query("SELECT a FROM t") { rows.add(1) }
    }
    try await server.waitFor("SELECT a FROM t")
    #expect(await wait { rows.value >= silence.rows.lowerBound })
    task.cancel()
    let error = await failure { try await task.value }
    #expect(error?.kind == .cancelled && error?.reach == .unknown)
    #expect(silence.rows.contains(rows.value), "\(rows.value) rows")
    await client.expectClosed()
    #expect(try await server.connection().waitForEnd())
  }

  @Test(arguments: [false, true]) func aLoadThatIsCancelledIsNotEnded(isRead: Bool) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.requestFile("t.csv")
      if !isRead { try connection.delay(.milliseconds(1000)) }
      // If the server saw the end of the file, it would keep what came before.
      #expect(throws: TestServerError.endOfStream) { try connection.readFile() }
    }
    let client = try await server.connect { $0.allowsLocalInfile = true }
    // A source that waits forever, or one that the server does not read.
    let source: MySQLByteSource =
      isRead
      ? .sequence(
        AsyncStream<[UInt8]> { $0.yield(Array("1\n".utf8)) })
      : .sequence(AsyncStream<[UInt8]> { [UInt8](repeating: 0x31, count: 1 << 20) })
    let task = Task {
      try await client.execute("LOAD DATA LOCAL INFILE 't.csv' INTO TABLE t", options: .localInfile(source))
    }
    try await server.waitFor("LOAD DATA")
    try await Task.sleep(for: .milliseconds(100))
    task.cancel()
    let error = await failure { try await task.value }
    #expect(error?.kind == .cancelled && error?.reach == .unknown)
    await client.expectClosed()
    let connection = try await server.connection()
    #expect(await connection.waitForEnd())
  }

  /// A connection that survives a cancellation never gives a command the answer to another one.
  @Test func cancellationsAtRandomTimesMixNoAnswersUp() async throws {
    let server = try ScriptedServer.echo()
    let (answers, cancelled) = (Counter(), Counter())
    try await watched(.seconds(60)) {
      try await withThrowingTaskGroup { group in
        for worker in 0..<8 {
          group.addTask {
            var client = try await server.connect()
            for round in 0..<250 {
              if client.isClosed { client = try await server.connect() }
              let connection = client
              let marker = "\(worker) \(round)"
              let task = Task { () throws(MySQLError) -> String? in
                try await connection.query(MySQLQuery(unsafe: marker)).collect().first?[0].decode(String.self)
              }
              for _ in 0..<(round % 20) { await Task.yield() }
              if round % 3 > 0 { task.cancel() }
              switch await task.result {
              case .success(let text):
                #expect(text == marker)
                answers.add(1)
              case .failure(let error):
                #expect((error as? MySQLError)?.kind == .cancelled, "\(error)")
                cancelled.add(1)
              }
            }
            await client.close()
          }
        }
        try await group.waitForAll()
      }
    }
    #expect(answers.value + cancelled.value == 2000)
    #expect(answers.value > 0 && cancelled.value > 0)
  }
}
