import MySQL
import MySQLTesting
import Testing

/// What the pool does on its own with connections, where the server falls silent.
@Suite(.timed) struct UpkeepDeadlineTests {
  /// Returns a server that does not answer the first reset, and a client whose only connection waits for the
  /// answer.
  private static func resetting(
    _ cancellation: MySQLConfiguration.Cancellation
  ) async throws -> (ScriptedServer, MySQLClient) {
    let (sessions, resets) = (SessionServer(), Counter())
    let server = try sessions.start { session, text in
      guard text == "RESET", resets.value == 0 else { return false }
      resets.add(1)
      try session.connection.stall()
      return true
    }
    let client = try MySQLClient(
      server.settings {
        $0.maxConnections = 1
        $0.cancellation = cancellation
      })
    try await client.withConnection { _ = try await $0.execute("SET @a = 1") }
    #expect(await wait { sessions.has("RESET") })
    return (server, client)
  }

  @Test(arguments: [MySQLConfiguration.Cancellation.close, .kill])
  func aCallDoesNotWaitForAResetBeyondItsTime(cancellation: MySQLConfiguration.Cancellation) async throws {
    let (server, client) = try await Self.resetting(cancellation)
    defer { server.stop() }
    let taken = await duration {
      let error = await failure { try await client.query("SELECT 1", timeout: .milliseconds(200)) }
      #expect(error?.kind == .timeout, "\(error as Any)")
    }
    #expect(taken >= .milliseconds(190) && taken < .seconds(2), "\(taken)")
    await client.shutdown(within: .milliseconds(200))
  }

  @Test(arguments: [MySQLConfiguration.Cancellation.close, .kill])
  func shuttingDownDoesNotWaitForAResetBeyondItsTime(
    cancellation: MySQLConfiguration.Cancellation
  ) async throws {
    let (server, client) = try await Self.resetting(cancellation)
    defer { server.stop() }
    let taken = try await duration {
      try await watched { await client.shutdown(within: .milliseconds(200)) }
    }
    #expect(taken < .seconds(2), "\(taken)")
    #expect(try await server.connection().waitForEnd())
  }

  /// The time for connecting includes what the library sets up in a new session.
  @Test func aConnectionThatCannotBeSetUpIsGivenUp() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      guard connection.index > 0 else { return try connection.stall() }
      while true {
        switch try connection.readCommand() {
        case .query("SELECT 1"): try connection.sendResult(columns: ["a"], rows: [["1"]])
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
    defer { server.stop() }
    let client = try MySQLClient(
      server.settings {
        $0.maxConnections = 1
        $0.connectTimeout = .milliseconds(300)
        $0.acquireTimeout = .seconds(6)
      })
    let taken = await duration {
      // Another connection may be tried for the same caller.
      let error = await failure { try await client.query("SELECT 1").collect() }
      #expect(error == nil || error?.kind == .timeout, "\(error as Any)")
    }
    #expect(taken < .seconds(3), "\(taken)")
    #expect(try await server.connection().waitForEnd())
    // The server has no time limit for this login, which a busy machine may delay.
    var text: String?
    for _ in 0..<5 where text == nil {
      text = try? await watched { try await client.query("SELECT 1").collect()[0].decode(String.self) }
    }
    #expect(text == "1")
    await client.shutdown()
  }
}
