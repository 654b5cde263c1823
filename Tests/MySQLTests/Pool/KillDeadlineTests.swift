import MySQL
import MySQLTesting
import Testing

/// A pool's statements that are ended at the server, over one connection for all of them.
@Suite(.timed) struct KillDeadlineTests {
  /// The server accepts the connection for kills, and says nothing. No statement waits until that was found
  /// out for each statement before it.
  @Test func statementsThatCannotBeEndedGiveTheirConnectionsUpTogether() async throws {
    let (count, started) = (8, Counter())
    let server = try ScriptedServer { connection in
      if connection.index < count {
        try connection.acceptLogin()
        _ = try connection.readCommand()
        started.add(1)
      }
      try connection.stall()
    }
    defer { server.stop() }
    let client = try MySQLClient(
      server.settings {
        $0.maxConnections = count
        $0.cancellation = .kill
      })
    let tasks = (0..<count).map { _ in Task { try await client.execute("SELECT SLEEP(100)") } }
    #expect(await wait { started.value == count })
    for task in tasks { task.cancel() }
    for task in tasks {
      let error = await failure { try await task.value }
      #expect(error?.kind == .cancelled && error?.reach == .unknown, "\(error as Any)")
    }
    // Five seconds for all of them, not for each. This waits for ten, and again for ten on a busy machine.
    var isFree = await wait { client.status.leased == 0 }
    if !isFree { isFree = await wait { client.status.leased == 0 } }
    #expect(isFree, "\(client.status)")
    #expect(await wait { client.status.open == 0 })
    for connection in server.connections.prefix(count) { #expect(await connection.waitForEnd()) }
    await client.shutdown(within: .milliseconds(500))
  }

  /// If it did not, a program that ends after it would leave an aborted connection in the server's count.
  @Test func shuttingDownWaitsForTheGoodbyeOfTheConnectionForKills() async throws {
    let (sessions, isRead) = (SessionServer(), Counter())
    let server = try sessions.start { session, text in
      if text == "SELECT SLEEP(100)" {
        try session.waitForKill()
        try session.interrupted()
        return true
      }
      guard text.hasPrefix("KILL QUERY") else { return false }
      // From now on, the test itself reads what is sent.
      try session.answer(.query(text))
      try session.wait(for: isRead)
      return true
    }
    defer { server.stop() }
    let client = try MySQLClient(
      server.settings {
        $0.maxConnections = 1
        $0.cancellation = .kill
      })
    let task = Task { try await client.execute("SELECT SLEEP(100)") }
    #expect(await wait { sessions.has("SELECT SLEEP(100)") })
    task.cancel()
    let error = await failure { try await task.value }
    #expect(error?.kind == .cancelled)
    #expect(await wait { client.status.leased == 0 && client.status.idle == 1 })
    let kills = try await server.connection(1)
    await client.shutdown()
    // The goodbye is there at once, or it was not waited for.
    let goodbye = try? kills.readCommand(timeout: .zero)
    isRead.add(1)
    #expect(goodbye == .quit)
    #expect(await kills.waitForEnd())
  }
}
