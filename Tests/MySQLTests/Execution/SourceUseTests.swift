import MySQL
import MySQLTesting
import Testing

/// Sources that use the connection of the statement that they are for.
@Suite(.timed) struct SourceUseTests {
  @Test func rowsFromTheConnectionOfTheirBatchAreAnErrorAtOnce() async throws {
    let server = try LoadingServer.serve(Journal())
    defer { server.stop() }
    let connection = try await server.connect()
    let rows = AsyncThrowingStream<Int, any Error>(unfolding: {
      try await connection.ping()
      return 1
    })
    let error = await failure(.seconds(3)) {
      try await connection.executeBatch("INSERT INTO t VALUES (?)", rows)
    }
    #expect(error?.kind == .misuse && error?.message.contains("another connection") == true)
    try await connection.ping()
    await connection.close()
  }

  @Test func bytesFromTheConnectionOfTheirStatementAreAnErrorAtOnce() async throws {
    let server = try LoadingServer.serve(Journal())
    defer { server.stop() }
    let connection = try await server.connect { $0.allowsLocalInfile = true }
    let source = MySQLByteSource.sequence {
      AsyncThrowingStream<[UInt8], any Error>(unfolding: {
        // The same applies to a task that the source waits for.
        async let answer: Void = connection.ping()
        try await answer
        return [1]
      })
    }
    let load = await failure(.seconds(3)) {
      try await connection.execute(LoadingServer.load, options: .localInfile(source))
    }
    #expect(load?.kind == .localInfile && load?.message.contains("another connection") == true)
    let stream = await failure(.seconds(3)) {
      try await connection.execute("INSERT INTO t VALUES (\(stream: source))")
    }
    #expect(stream?.kind == .encoding && stream?.message.contains("another connection") == true)
    try await connection.ping()
    await connection.close()
  }

  /// Once the statement is over, a task that its source has started is like any other.
  @Test func aTaskThatOutlivesTheSourceWaitsForItsTurn() async throws {
    let (answers, answer) = AsyncStream<Void>.makeStream()
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .prepare: try connection.sendPrepared(1, parameters: [.init("?", .bigint)])
        case .query:
          answer.yield()
          try connection.delay(.milliseconds(200))
          try connection.sendOK()
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
    defer { server.stop() }
    let connection = try await server.connect()
    let started = Journal<Task<Void, any Error>>()
    let rows = AsyncStream<Int>(unfolding: {
      guard started.entries.isEmpty else { return nil }
      started.note(
        Task {
          for await _ in answers { break }
          try await connection.ping()
        })
      return 1
    })
    try await connection.executeBatch("INSERT INTO t VALUES (?)", rows)
    try await connection.execute("SELECT SLEEP(1)")
    for task in started.entries { try await watched { try await task.value } }
    await connection.close()
  }
}
