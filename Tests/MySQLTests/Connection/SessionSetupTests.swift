import MySQL
import MySQLTesting
import Testing

/// What the client sends before a program's own commands, and when.
@Suite(.timed) struct SessionSetupTests {
  @Test(
    arguments: [
      (ServerGreeting.mariaDB, "DO 1", true, true), (.mariaDB, "DO 'é'", true, false),
      (.mariaDB, "DO 1", nil, false),
      (.mysql, "DO 1", true, true), (.mysql, "DO 1", nil, false), (.mysql, "DO 1", false, false),
    ] as [(ServerGreeting, String, Bool?, Bool)])
  func theSessionIsMadeUTF8BeforeTheFirstCommand(
    greeting: ServerGreeting, sql: String, pipelining: Bool?, goesAlong: Bool
  ) async throws {
    let (journal, first) = (Journal<ServerScript.Command>(), Journal<String>())
    let server = try SetupServer.serve(greeting, journal, first)
    defer { server.stop() }
    let client = try await server.connect { $0.pipelining = pipelining }
    for _ in 0..<2 { try await client.execute(MySQLQuery(unsafe: sql)) }
    #expect(journal.entries.count == 4)
    #expect(journal.entries.first == SetupServer.names)
    #expect(SetupServer.isTracking(journal.entries.dropFirst().first))
    #expect(journal.entries.dropFirst(2).allSatisfy { $0 == .query(sql) })
    #expect(first.entries.first?.contains("SET NAMES utf8mb4") == true)
    #expect(first.entries.first?.contains(sql) == goesAlong)
    await client.close()
  }

  @Test func aConnectionThatIsNotUsedSendsNothing() async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try SetupServer.serve(.mysql, journal)
    defer { server.stop() }
    await (try await server.connect()).close()
    #expect(await wait { journal.entries == [.quit] })
  }

  @Test func aProgramThatPassesOnBytesSetsItsOwnCharacterSet() async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try SetupServer.serve(.mysql, journal)
    defer { server.stop() }
    let client = try await server.connect { $0.loginCollation = 8 }
    try await client.ping()
    #expect(journal.entries == [.ping])
    await client.close()
  }

  @Test(arguments: [ServerGreeting.mysql, .mariaDB])
  func aServerWithoutSessionTrackingIsUsedAllTheSame(greeting: ServerGreeting) async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try SetupServer.serve(greeting, journal) { connection, command in
      guard SetupServer.isTracking(command) else { return false }
      try connection.sendError(1193, message: "Unknown system variable 'session_track_schema'")
      return true
    }
    defer { server.stop() }
    let client = try await server.connect()
    try await client.execute("DO 1")
    try await client.execute("DO 2")
    #expect(journal.entries.count == 4)
    await client.close()
  }
}
