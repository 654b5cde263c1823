import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct BreachTextTests {
  /// The error describes a protocol violation in words, both in the call that meets it and in every later
  /// one. Each message says once that the connection is closed.
  @Test func aBreachIsReportedInWordsAndOnce() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendPacket([0xFE, 0, 0, 2, 0, 7])
      try connection.stall()
    }
    defer { server.stop() }
    let client = try await server.connect()
    let first = await failure { try await client.ping() }
    let later = await client.expectClosed()
    for error in [first, later] {
      let text = try #require(error).description
      #expect(text.contains("the server's bytes break the protocol: "), "\(text)")
      #expect(!text.contains("("), "\(text)")
      #expect(text.ranges(of: "closed").count == 1, "\(text)")
    }
  }

  @Test func aConnectionCutWhileIdleNamesTheLikelyCauses() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendOK()
    }
    defer { server.stop() }
    let client = try await server.connect()
    try await client.ping()
    let error = await client.expectClosed()
    for word in ["wait_timeout", "proxy", "load balancer"] {
      #expect(error?.message.contains(word) == true, "\(error as Any)")
    }
  }
}
