import MySQL
import MySQLTesting
import Testing

/// What the client does if a server loses a statement, cannot prepare one, or does what no server should.
@Suite(.timed) struct PreparationTests {
  private typealias Answer = @Sendable (ScriptedConnection, ServerScript.Command) throws -> Bool

  /// Returns a server that prepares statements with one parameter, with ids from 1, and answers their
  /// execution with OK, except for the commands that the closure answers.
  private static func serve(
    _ greeting: ServerGreeting = .mysql, _ journal: Journal<ServerScript.Command>, _ answer: @escaping Answer
  ) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin(greeting)
      var statements: UInt32 = 0
      while true {
        let command = try connection.readCommand()
        journal.note(command)
        if try answer(connection, command) { continue }
        switch command {
        case .prepare:
          statements += 1
          try connection.sendPrepared(statements, parameters: [.init("?", .bigint)])
        case .closeStatement: break
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
  }

  private static let statement = "UPDATE t SET n = \(5)" as MySQLQuery

  @Test(arguments: [1615, 1243] as [UInt16])
  func aLostStatementIsPreparedAgain(code: UInt16) async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try Self.serve(.mysql, journal) { connection, command in
      guard case .execute(1, _) = command, journal.entries.count == 3 else { return false }
      try connection.sendError(code, message: "it is lost")
      return true
    }
    defer { server.stop() }
    let connection = try await server.connect()
    for _ in 0..<3 { try await connection.execute(Self.statement) }
    await connection.close()
    #expect(await wait { journal.entries.last == .quit })
    let sql = "UPDATE t SET n = ?"
    #expect(
      journal.entries == [
        .prepare(sql), .execute(statement: 1, parameters: [5]), .execute(statement: 1, parameters: [5]),
        .closeStatement(1), .prepare(sql), .execute(statement: 2, parameters: [5]),
        .execute(statement: 2, parameters: [5]), .quit,
      ])
  }

  @Test func aStatementThatIsLostAgainAndAgainIsAnError() async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try Self.serve(.mysql, journal) { connection, command in
      guard case .execute = command else { return false }
      try connection.sendError(1615, message: "it is lost")
      return true
    }
    defer { server.stop() }
    let connection = try await server.connect()
    let error = await failure { try await connection.execute(Self.statement) }
    #expect(error?.server?.code == .mustPrepareAgain)
    #expect(journal.entries.filter { if case .execute = $0 { true } else { false } }.count == 3)
    try await connection.ping()
    await connection.close()
  }

  /// Servers that prepare nothing, such as Sphinx, reply with 1047.
  @Test(arguments: [ServerGreeting.mysql, .mariaDB], [1295, 1047] as [UInt16])
  func whatCannotBePreparedGoesAsText(greeting: ServerGreeting, code: UInt16) async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try Self.serve(greeting, journal) { connection, command in
      switch command {
      case .prepare, .execute:
        try connection.sendError(code, message: "not in the prepared statement protocol")
      default: return false
      }
      return true
    }
    defer { server.stop() }
    let connection = try await server.connect()
    try await connection.execute("KILL \(5) -- '?'\n, \("it's"), \(#"a\"#), \(-1)")
    let unsafe = await failure { try await connection.execute(#"KILL '\'', \#(5)"#) }
    #expect(unsafe?.kind == .encoding)
    await connection.close()
    let texts = journal.entries.compactMap { if case .query(let sql) = $0 { sql } else { nil } }
    #expect(texts == ["KILL 5 -- '?'\n, 'it''s', _utf8mb4 X'615C',  -1"])
  }

  /// MariaDB has an id for "the statement prepared last". If it refuses a preparation before it looks at the
  /// text, that id still means the previous statement.
  @Test(arguments: [1461, 1213, 1064] as [UInt16])
  func aRefusedPreparationExecutesNothing(code: UInt16) async throws {
    let journal = Journal<ServerScript.Command>()
    let executed = Journal<String>()
    let server = try ScriptedServer { connection in
      try connection.acceptLogin(.mariaDB)
      var statements: [String] = []
      while true {
        let command = try connection.readCommand()
        journal.note(command)
        switch command {
        case .prepare(let sql) where sql.hasPrefix("INSERT"):
          try connection.sendError(code, message: "refused")
        case .prepare(let sql):
          statements.append(sql)
          try connection.sendPrepared(
            UInt32(statements.count), parameters: [.init("?", .bigint)])
        case .execute(let id, _):
          executed.note(id == .max ? statements.last ?? "" : statements[Int(id) - 1])
          try connection.sendOK(affectedRows: 1)
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
    defer { server.stop() }
    let connection = try await server.connect()
    try await connection.execute("DELETE FROM t WHERE n = \(5)")
    let error = await failure { try await connection.execute("INSERT INTO t VALUES (\(6))") }
    #expect(error?.server?.code.rawValue == code)
    try await connection.ping()
    await connection.close()
    #expect(executed.entries == ["DELETE FROM t WHERE n = ?"])
    #expect(journal.entries.contains(.ping))
  }

  @Test func aStatementMayHaveBeenSentIfTheConnectionIsLostAfterPreparing() async throws {
    let server = try Self.serve(.mysql, Journal()) { connection, command in
      guard case .prepare = command else { return false }
      try connection.sendPrepared(1, parameters: [.init("?", .bigint)])
      connection.close()
      return true
    }
    defer { server.stop() }
    let connection = try await server.connect()
    let error = await failure { try await connection.execute(Self.statement) }
    #expect(error?.reach == .unknown && error?.isRetryable == false)
    await connection.close()
  }

  @Test func placeholdersAreWhatTheServerCounts() async throws {
    let server = try Self.serve(.mysql, Journal()) { connection, command in
      guard case .prepare = command else { return false }
      try connection.sendPrepared(
        1, parameters: Array(repeating: ServerScript.Column("?", .bigint), count: 300))
      return true
    }
    defer { server.stop() }
    let connection = try await server.connect()
    let error = await failure { try await connection.execute(Self.statement) }
    #expect(error?.kind == .encoding && error?.message.contains("300 placeholders and 1 values") == true)
    try await connection.ping()
    await connection.close()
  }
}
