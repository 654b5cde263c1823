import MySQL
import MySQLTesting
import Testing

/// Sources that give rows or bytes while a statement runs.
@Suite(.timed) struct SourceTests {
  /// Returns a server that asks for a file if a statement loads one, and records what it gets.
  private static func serve(_ files: Journal<[UInt8]>) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin()
      var long: [UInt8] = []
      while true {
        switch try connection.readCommand() {
        case .query(let sql) where sql.hasPrefix("LOAD"):
          try connection.requestFile("x")
          files.note(try connection.readFile())
          try connection.sendOK(affectedRows: 1)
        case .prepare: try connection.sendPrepared(1, parameters: [MySQLTesting.Column("?", .blob)])
        case .sendLongData(_, _, let bytes): long += bytes
        case .execute, .other:
          files.note(long)
          long = []
          try connection.sendOK(affectedRows: 1)
        case .resetStatement:
          long = []
          try connection.sendOK()
        case .closeStatement: break
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
  }

  private static let load = "LOAD DATA LOCAL INFILE 'x' INTO TABLE t" as MySQLQuery

  @Test func bytesCanBeUsedAgain() async throws {
    let files = Journal<[UInt8]>()
    let server = try Self.serve(files)
    defer { server.stop() }
    let connection = try await server.connect { $0.localInfile = true }
    let source = MySQLInfileSource.bytes([1, 2, 3])
    let insert = "INSERT INTO t VALUES (\(stream: source))" as MySQLQuery
    for _ in 0..<2 {
      try await connection.execute(Self.load, localInfile: source)
      try await connection.execute(insert)
    }
    #expect(files.entries == Array(repeating: [1, 2, 3], count: 4))
    await connection.close()
  }

  @Test func aSequenceThatIsOpenedForEachUseCanBeUsedAgain() async throws {
    let files = Journal<[UInt8]>()
    let server = try Self.serve(files)
    defer { server.stop() }
    let connection = try await server.connect { $0.localInfile = true }
    let source = MySQLInfileSource.sequence {
      AsyncStream { continuation in
        for byte in [1, 2] as [UInt8] { continuation.yield([byte]) }
        continuation.finish()
      }
    }
    for _ in 0..<2 { try await connection.execute(Self.load, localInfile: source) }
    #expect(files.entries == [[1, 2], [1, 2]])
    await connection.close()
  }

  @Test func aSequenceThatIsUsedUpIsAnErrorAndLoadsNothing() async throws {
    let files = Journal<[UInt8]>()
    let server = try Self.serve(files)
    defer { server.stop() }
    let connection = try await server.connect { $0.localInfile = true }
    let source = MySQLInfileSource.sequence(
      AsyncStream { continuation in
        continuation.yield([7])
        continuation.finish()
      })
    try await connection.execute(Self.load, localInfile: source)
    let load = await failure { try await connection.execute(Self.load, localInfile: source) }
    #expect(load?.kind == .localInfile && load?.message.contains("cannot be read again") == true)
    let insert = "INSERT INTO t VALUES (\(stream: source))" as MySQLQuery
    let stream = await failure { try await connection.execute(insert) }
    #expect(stream?.kind == .encoding && stream?.message.contains("cannot be read again") == true)
    // The server asked for the second file too, and got nothing; the statement was not executed.
    #expect(files.entries == [[7], []])
    try await connection.ping()
    await connection.close()
  }

  @Test func rowsFromTheConnectionOfTheirBatchAreAnErrorAtOnce() async throws {
    let server = try Self.serve(Journal())
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
    let server = try Self.serve(Journal())
    defer { server.stop() }
    let connection = try await server.connect { $0.localInfile = true }
    let source = MySQLInfileSource.sequence {
      AsyncThrowingStream<[UInt8], any Error>(unfolding: {
        // The same applies to a task that the source waits for.
        async let answer: Void = connection.ping()
        try await answer
        return [1]
      })
    }
    let load = await failure(.seconds(3)) { try await connection.execute(Self.load, localInfile: source) }
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
        case .prepare: try connection.sendPrepared(1, parameters: [MySQLTesting.Column("?", .bigint)])
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
