import MySQL
import MySQLTesting
import Testing

/// What may be done again after a connection was lost, or did not come about.
@Suite(.timed) struct LostConnectionRetryTests {
  @Test func aConnectionThatWasClosedTakesItsTransactionAlong() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendOK(status: connection.index == 0 ? [.autocommit, .inTransaction] : .autocommit)
      connection.close()
    }
    defer { server.stop() }
    for expected in [MySQLError.Retry.transaction, .statement] {
      let connection = try await server.connect()
      try await connection.execute("BEGIN")
      #expect(await wait { connection.isClosed })
      let error = await failure { try await connection.execute("INSERT INTO t VALUES (\(1))") }
      #expect(error?.kind == .connectionClosed && error?.reach == .notSent)
      #expect(error?.retry == expected)
    }
  }

  @Test(arguments: ["fin", "rst", "silence", "1040", "1045"])
  func aLoginThatFailedMayBeMadeAgainUnlessItWouldFailAgain(end: String) async throws {
    let server = try ScriptedServer { connection in
      try connection.sendGreeting()
      _ = try connection.readLogin()
      switch end {
      case "fin": connection.close()
      case "rst": connection.reset()
      case "silence": try connection.stall()
      default: try connection.sendError(UInt16(end) ?? 0, state: "08004", message: "no")
      }
    }
    defer { server.stop() }
    let error = await failure { try await server.connect { $0.connectTimeout = .milliseconds(500) } }
    #expect(error?.reach == .notSent)
    #expect(error?.retry == (end == "1045" ? .never : .statement))
  }

  @Test func tooManyConnectionsMayBeTriedAgain() async throws {
    let server = try ScriptedServer { connection in
      try connection.sendError(1040, state: nil, message: "Too many connections")
    }
    defer { server.stop() }
    let error = await failure { try await server.connect() }
    #expect(error?.server?.code == .tooManyConnections && error?.isRetryable == true)
  }

  @Test func aCommandThatWasLostMayHaveBeenCarriedOut() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      connection.close()
    }
    defer { server.stop() }
    let connection = try await server.connect()
    let error = await failure { try await connection.execute("UPDATE t SET n = 1") }
    #expect(error?.reach == .unknown && error?.retry == .never)
    await connection.close()
  }
}
