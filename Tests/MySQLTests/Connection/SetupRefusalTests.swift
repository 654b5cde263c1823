import MySQL
import MySQLTesting
import Testing

/// What the client does if the server refuses a part of the session setup.
@Suite(.timed) struct SetupRefusalTests {
  @Test(arguments: [ServerGreeting.mysql, .mariaDB])
  func nothingIsSentOnceTheServerHasRefusedUTF8(greeting: ServerGreeting) async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try SetupServer.serve(greeting, journal) { connection, command in
      guard command == SetupServer.names else { return false }
      try connection.sendError(1115, state: "42000", message: "Unknown character set: 'utf8mb4'")
      return true
    }
    defer { server.stop() }
    let client = try await server.connect()
    let error = await failure { try await client.execute("INSERT INTO t VALUES ('é')") }
    #expect(error?.kind == .server && error?.server?.code.rawValue == 1115)
    #expect(error?.reach == .notSent)
    #expect(error?.message.contains("utf8mb4") == true)
    await client.expectClosed()
    #expect(journal.entries == [SetupServer.names])
  }

  /// A command sent along with the setup does not count as a success, whatever the server made of it.
  @Test func aCommandThatWentAlongFailsWithTheCharacterSet() async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try SetupServer.serve(.mariaDB, journal) { connection, command in
      guard command == SetupServer.names else { return false }
      try connection.sendError(1317, state: "70100", message: "Query execution was interrupted")
      return true
    }
    defer { server.stop() }
    let client = try await server.connect { $0.pipelining = true }
    let error = await failure { try await client.execute("INSERT INTO t VALUES (1)") }
    #expect(error?.kind == .server && error?.server?.code == .queryInterrupted)
    #expect(error?.reach == .unknown)
    await client.expectClosed()
  }

  @Test(arguments: [ServerGreeting.mysql, .mariaDB])
  func anExpiredPasswordCanBeChanged(greeting: ServerGreeting) async throws {
    let journal = Journal<ServerScript.Command>()
    let server = try SetupServer.serve(greeting, journal) { connection, command in
      guard !journal.entries.contains(.query("SET PASSWORD = 'new'")) else { return false }
      try connection.sendError(1820, message: "You must reset your password")
      return true
    }
    defer { server.stop() }
    let client = try await server.connect()
    let error = await failure { try await client.execute("DO 1") }
    #expect(error?.server?.code == .mustChangePassword)
    let before = journal.entries.count
    try await client.execute("SET PASSWORD = 'new'")
    try await client.execute("DO 2")
    let after = journal.entries.dropFirst(before)
    #expect(after.contains(.query("SET PASSWORD = 'new'")))
    #expect(after.suffix(3).first == SetupServer.names && after.last == .query("DO 2"))
    await client.close()
  }
}
