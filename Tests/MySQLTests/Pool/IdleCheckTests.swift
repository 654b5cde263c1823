import MySQL
import MySQLTesting
import Testing

/// Connections that were idle for so long that the pool asks whether they are still there.
@Suite(.timed) struct IdleCheckTests {
  /// Opens this many connections, and gives them back.
  private static func open(_ count: Int, of client: MySQLClient) async throws {
    guard count > 0 else { return }
    try await client.withConnection { _ in try await open(count - 1, of: client) }
  }

  @Test func aTaskThatWasCancelledClosesNoIdleConnection() async throws {
    let sessions = SessionServer()
    let server = try sessions.start()
    defer { server.stop() }
    let client = try MySQLClient(
      server.settings {
        $0.maxConnections = 3
        $0.idleCheck = .zero
      })
    try await Self.open(3, of: client)
    #expect(await wait { client.status.idle == 3 })
    for _ in 0..<3 {
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        try await client.execute("DO 1")
      }
      let error = await failure { try await task.value }
      #expect(error?.kind == .cancelled && error?.reach == .notSent, "\(error as Any)")
    }
    #expect(await wait { client.status.idle == 3 })
    // All three are still there.
    try await Self.open(3, of: client)
    #expect(server.connections.count == 3 && !server.connections.contains(where: \.hasEnded))
    #expect(!sessions.has("DO 1") && !sessions.has("QUIT"), "\(sessions.texts)")
    await client.shutdown()
  }

  @Test func aConnectionThatAnswersIsUsed() async throws {
    let sessions = SessionServer()
    let server = try sessions.start()
    defer { server.stop() }
    let client = try MySQLClient(server.settings { $0.idleCheck = .zero })
    for _ in 0..<3 { _ = try await client.query("SELECT 1").collect() }
    #expect(server.connections.count == 1)
    #expect(sessions.entries("PING").count >= 2, "\(sessions.texts)")
    await client.shutdown()
  }

  /// The first caller does not find out about each of them in turn.
  @Test func connectionsThatDoNotAnswerHoldACallerUpNoLongerThanItMayWait() async throws {
    let (sessions, isSilent) = (SessionServer(), Counter())
    let server = try sessions.start { session, _ in
      guard isSilent.value > 0, session.connection.index < 4 else { return false }
      try session.connection.stall()
      return true
    }
    defer { server.stop() }
    let client = try MySQLClient(
      server.settings {
        $0.maxConnections = 4
        $0.idleCheck = .zero
      })
    try await Self.open(4, of: client)
    #expect(await wait { client.status.idle == 4 })
    isSilent.add(1)
    let taken = await duration {
      let error = await failure(.seconds(20)) { try await client.execute("DO 1", timeout: .seconds(1)) }
      #expect(error == nil || error?.kind == .timeout, "\(error as Any)")
      #expect(error == nil || error?.reach == .notSent)
    }
    #expect(taken < .seconds(3), "\(taken)")
    await client.shutdown(within: .milliseconds(500))
  }
}
