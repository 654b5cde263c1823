import Foundation
import MySQL
import MySQLTesting
import Synchronization
import Testing

/// What the client sends before a program's own commands, and when.
@Suite(.timed) struct SessionSetupTests {
  private static let names = ServerCommand.query("SET NAMES utf8mb4")

  /// Returns a server that waits for a moment before it answers its first command, so that `received` then holds all
  /// that the client sends without an answer. It answers with OK, except for the commands that the closure answers.
  private static func serve(
    _ greeting: ServerGreeting = .mariaDB, _ journal: Journal<ServerCommand>,
    _ first: Journal<String> = Journal(),
    _ answer: @escaping @Sendable (ScriptedConnection, ServerCommand) throws -> Bool = { _, _ in false }
  ) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin(greeting)
      connection.answersSetup = false
      while true {
        let command = try connection.readCommand()
        if journal.entries.isEmpty {
          try connection.delay(.milliseconds(50))
          first.note(String(decoding: connection.received, as: UTF8.self))
        }
        journal.note(command)
        if command == .quit { return }
        if try !answer(connection, command) { try connection.sendOK() }
      }
    }
  }

  private static func isTracking(_ command: ServerCommand?) -> Bool {
    if case .query(let sql) = command { sql.hasPrefix("SET session_track_schema = ON, ") } else { false }
  }

  @Test(
    arguments: [
      (ServerGreeting.mariaDB, "DO 1", true, true), (.mariaDB, "DO 'é'", true, false),
      (.mariaDB, "DO 1", nil, false),
      (.mysql, "DO 1", true, true), (.mysql, "DO 1", nil, false), (.mysql, "DO 1", false, false),
    ] as [(ServerGreeting, String, Bool?, Bool)])
  func theSessionIsMadeUTF8BeforeTheFirstCommand(
    greeting: ServerGreeting, sql: String, pipelining: Bool?, goesAlong: Bool
  ) async throws {
    let (journal, first) = (Journal<ServerCommand>(), Journal<String>())
    let server = try Self.serve(greeting, journal, first)
    defer { server.stop() }
    let client = try await server.connect { $0.pipelining = pipelining }
    for _ in 0..<2 { try await client.execute(MySQLQuery(unsafe: sql)) }
    #expect(journal.entries.count == 4)
    #expect(journal.entries.first == Self.names)
    #expect(Self.isTracking(journal.entries.dropFirst().first))
    #expect(journal.entries.dropFirst(2).allSatisfy { $0 == .query(sql) })
    #expect(first.entries.first?.contains("SET NAMES utf8mb4") == true)
    #expect(first.entries.first?.contains(sql) == goesAlong)
    await client.close()
  }

  @Test func aConnectionThatIsNotUsedSendsNothing() async throws {
    let journal = Journal<ServerCommand>()
    let server = try Self.serve(.mysql, journal)
    defer { server.stop() }
    await (try await server.connect()).close()
    #expect(await wait { journal.entries == [.quit] })
  }

  @Test func aProgramThatPassesOnBytesSetsItsOwnCharacterSet() async throws {
    let journal = Journal<ServerCommand>()
    let server = try Self.serve(.mysql, journal)
    defer { server.stop() }
    let client = try await server.connect { $0.loginCollation = 8 }
    try await client.ping()
    #expect(journal.entries == [.ping])
    await client.close()
  }

  @Test(arguments: [ServerGreeting.mysql, .mariaDB])
  func whereTheServerRefusesUTF8NothingIsSentAfterThat(greeting: ServerGreeting) async throws {
    let journal = Journal<ServerCommand>()
    let server = try Self.serve(greeting, journal) { connection, command in
      guard command == Self.names else { return false }
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
    #expect(journal.entries == [Self.names])
  }

  /// A command sent along with the setup does not count as a success, whatever the server made of it.
  @Test func aCommandThatWentAlongFailsWithTheCharacterSet() async throws {
    let journal = Journal<ServerCommand>()
    let server = try Self.serve(.mariaDB, journal) { connection, command in
      guard command == Self.names else { return false }
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
  func aServerThatTracksNothingIsUsedWithoutThat(greeting: ServerGreeting) async throws {
    let journal = Journal<ServerCommand>()
    let server = try Self.serve(greeting, journal) { connection, command in
      guard Self.isTracking(command) else { return false }
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

  @Test(arguments: [ServerGreeting.mysql, .mariaDB])
  func anExpiredPasswordCanBeChanged(greeting: ServerGreeting) async throws {
    let journal = Journal<ServerCommand>()
    let server = try Self.serve(greeting, journal) { connection, command in
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
    #expect(after.suffix(3).first == Self.names && after.last == .query("DO 2"))
    await client.close()
  }

  @Test(arguments: [ServerGreeting.mysql, .mariaDB], [true, nil] as [Bool?])
  func aResetComesHome(greeting: ServerGreeting, pipelining: Bool?) async throws {
    let (journal, sent) = (Journal<ServerCommand>(), Journal<String>())
    let server = try Self.serve(greeting, journal) { connection, command in
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
    #expect(commands.prefix(2) == [.resetConnection, Self.names])
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
    let server = try Self.serve(greeting, Journal()) { connection, command in
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

  /// An observer that cancels a task when the server's next answer arrives.
  private final class Canceller: MySQLWireObserver {
    let task = Mutex<Task<Void, any Error>?>(nil)

    func passed(_ bytes: [UInt8], isFromServer: Bool) {
      guard isFromServer, let task = task.withLock({ $0.take() }) else { return }
      Thread.detachNewThread { task.cancel() }
    }
  }

  /// The task is cancelled between two commands of one statement. The error must say so, and not that
  /// somebody else closed the connection.
  @Test func aTaskThatIsCancelledBetweenPreparingAndExecutingIsToldSo() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .prepare: try connection.sendPrepared(1, parameters: [MySQLTesting.Column("?", .bigint)])
        case .ping: try connection.sendOK()
        default: continue
        }
      }
    }
    defer { server.stop() }
    for _ in 0..<200 {
      let canceller = Canceller()
      let client = try await MySQLConnection.connect(server.settings(), observer: canceller)
      try await client.ping()
      let (start, continuation) = AsyncStream<Void>.makeStream()
      let query = Task {
        for await _ in start { _ = try await client.execute("DO \(1)") }
      }
      canceller.task.withLock { $0 = query }
      continuation.yield()
      continuation.finish()
      let error = await failure { try await query.value }
      #expect(error?.kind == .cancelled, "\(error as Any)")
      await client.close()
    }
  }
}
