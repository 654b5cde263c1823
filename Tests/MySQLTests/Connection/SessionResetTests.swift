import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct SessionResetTests {
  @Test(arguments: [ServerGreeting.mysql, .mariaDB], [true, nil] as [Bool?])
  func aResetReturnsToTheFirstDatabase(greeting: ServerGreeting, pipelining: Bool?) async throws {
    let (journal, sent) = (Journal<ServerScript.Command>(), Journal<String>())
    let server = try SetupServer.serve(greeting, journal) { connection, command in
      guard command == .resetConnection else { return false }
      try connection.delay(.milliseconds(50))
      sent.note(String(decoding: connection.received, as: UTF8.self))
      return false
    }
    defer { server.stop() }
    let client = try await server.connect {
      $0.database = "shop"
      $0.pipelining = pipelining
    }
    try await client.useDatabase("elsewhere")
    let before = journal.entries.count
    try await client.reset()
    let commands = journal.entries.dropFirst(before)
    #expect(commands.prefix(2) == [.resetConnection, SetupServer.names])
    #expect(commands.count == 4 && commands.last == .useDatabase("shop"))
    // They are sent in one piece where that is safe.
    #expect(sent.entries.first?.hasSuffix("\u{2}shop") == (pipelining == true))
    // A change of user also changes the database that a reset returns to.
    try await client.changeUser("ada", database: "ledger")
    try await client.reset()
    #expect(journal.entries.last == .useDatabase("ledger"))
    await client.close()
  }

  @Test(arguments: [ServerGreeting.mysql, .mariaDB])
  func aResetThatTheServerRefusesClosesTheConnection(greeting: ServerGreeting) async throws {
    let server = try SetupServer.serve(greeting, Journal()) { connection, command in
      guard command == .resetConnection else { return false }
      try connection.sendError(1047, state: "08S01", message: "Unknown command")
      return true
    }
    defer { server.stop() }
    for database in ["shop", nil] {
      let client = try await server.connect { $0.database = database }
      let error = await failure { try await client.reset() }
      #expect(error?.kind == .server && error?.server?.code.rawValue == 1047)
      await client.expectClosed()
    }
  }
}
