import MySQL
import MySQLTesting
import Testing

/// Errors that say that the server no longer has a statement. A statement inside a procedure may end with
/// them too, after others in the procedure had their effect.
@Suite(.timed) struct LostStatementTests {
  /// Returns a server that rejects the first `errors` executions, and replies to later ones with OK.
  private static func serve(
    _ journal: Journal<ServerScript.Command>, _ code: UInt16, state: String = "HY000", errors: Int = .max
  ) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin()
      var statements: UInt32 = 0
      var left = errors
      while true {
        let command = try connection.readCommand()
        journal.note(command)
        switch command {
        case .prepare:
          statements += 1
          try connection.sendPrepared(statements, parameters: [.init("?", .blob)])
        // An execution whose parameter was sent ahead is read as another command.
        case .execute where left > 0, .other where left > 0:
          left -= 1
          try connection.sendError(code, state: state, message: "it is lost")
        case .closeStatement, .sendLongData: break
        case .quit: return
        default: try connection.sendOK(affectedRows: 1)
        }
      }
    }
  }

  private static func executions(_ journal: Journal<ServerScript.Command>) -> Int {
    journal.entries.count { entry in
      switch entry {
      case .execute, .other: true
      default: false
      }
    }
  }

  private static func preparations(_ journal: Journal<ServerScript.Command>) -> Int {
    journal.entries.count { if case .prepare = $0 { true } else { false } }
  }

  @Test(
    arguments: [1243, 1615] as [UInt16],
    [
      "CALL p(\(1))", "/* now */ call p(\(1))", "/*!50000 CALL p(\(1)) */", "DO f(\(1))", "SET @a = f(\(1))",
      "BEGIN NOT ATOMIC INSERT INTO t VALUES (\(1)); EXECUTE s; END",
    ] as [MySQLQuery])
  func whatMayRunOtherStatementsIsExecutedOnce(code: UInt16, statement: MySQLQuery) async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try Self.serve(journal, code, errors: 1)
    defer { server.stop() }
    let connection = try await server.connect()
    let error = await failure { try await connection.execute(statement) }
    #expect(error?.server?.code.rawValue == code && error?.retry == .never)
    #expect(Self.executions(journal) == 1)
    // The statement may be lost all the same, so the next use prepares it again.
    try await connection.execute(statement)
    #expect(Self.preparations(journal) == 2 && Self.executions(journal) == 2)
    await connection.close()
  }

  /// An error such as SIGNAL raises in a trigger.
  @Test func anErrorThatATriggerRaisesIsNotTakenForTheServers() async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try Self.serve(journal, 1615, state: "45000")
    defer { server.stop() }
    let connection = try await server.connect()
    let error = await failure { try await connection.execute("INSERT INTO t VALUES (\(1))") }
    #expect(error?.server?.sqlState == "45000")
    #expect(Self.executions(journal) == 1)
    await connection.close()
  }

  @Test(
    arguments: [
      "SELECT \(1)", " (SELECT \(1))", "-- a\n# b\nWITH a AS (SELECT \(1)) SELECT * FROM a",
      "update t set n = \(1)",
    ] as [MySQLQuery])
  func queriesAndChangesOfRowsArePreparedAgain(statement: MySQLQuery) async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try Self.serve(journal, 1243, errors: 1)
    defer { server.stop() }
    let connection = try await server.connect()
    try await connection.execute(statement)
    #expect(Self.preparations(journal) == 2 && Self.executions(journal) == 2)
    await connection.close()
  }

  @Test func aStatementWithAStreamIsPreparedAgainAtItsNextUse() async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try Self.serve(journal, 1243, errors: 1)
    defer { server.stop() }
    let connection = try await server.connect()
    let insert = "INSERT INTO t VALUES (\(stream: .bytes([1, 2])))" as MySQLQuery
    let error = await failure { try await connection.execute(insert) }
    #expect(error?.server?.code.rawValue == 1243)
    try await connection.execute(insert)
    await connection.close()
    #expect(await wait { journal.entries.last == .quit })
    #expect(Self.preparations(journal) == 2)
    // The stream was sent again, from its beginning.
    let sent = journal.entries.filter { $0 == .sendLongData(statement: 2, parameter: 0, [1, 2]) }
    #expect(sent.count == 1)
  }

  @Test func aStatementOfABatchIsPreparedAgainAtItsNextUse() async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try Self.serve(journal, 1243, errors: 1)
    defer { server.stop() }
    let connection = try await server.connect()
    let error = await failure { try await connection.executeBatch("INSERT INTO t VALUES (?)", [1]) }
    #expect(error?.server?.code.rawValue == 1243)
    try await connection.executeBatch("INSERT INTO t VALUES (?)", [1])
    #expect(Self.preparations(journal) == 2)
    await connection.close()
  }
}
