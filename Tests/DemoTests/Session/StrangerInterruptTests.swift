import MySQL
import MySQLTesting
import Testing

@testable import mysql_demo

extension Demo {
  /// An interrupt where the server's number of the connection may be that of somebody else's session.
  @Suite struct StrangerInterruptTests {
    /// The second connection may lead to another server, which has no such session, or one of another account.
    @Test(.atTerminal)
    func killsNothingThatThisAccountDoesNotRun() async throws {
      let statements = Locked<[String]>([])
      let isOver = Locked(false)
      let server = try ScriptedServer.noting(statements) { index in
        var greeting = ServerGreeting.mysql
        greeting.connectionID = UInt32(40 + index)
        return greeting
      } reply: { connection, sql in
        if sql.contains("processlist") { return try Self.sendCount(0, to: connection) }
        while !isOver.withLock({ $0 }) { try connection.delay(.milliseconds(1)) }
        try connection.sendResult(columns: ["a"], rows: [["ended by itself"]])
      }
      defer { server.stop() }
      let terminal = try PseudoTerminal(
        CommandRun.demo,
        ["--no-defaults", "-h127.0.0.1", "-P\(server.port)", "-uroot", "--ssl-mode=disabled", "-A"],
        environment: ["HOME": "/nonexistent"])
      _ = try #require(terminal.read(until: "[(none)]> "))
      terminal.type("SELECT 'long';\r")
      let start = ContinuousClock.now
      while statements.withLock({ $0.isEmpty }), start.duration(to: .now) < .seconds(10) {
        try await Task.sleep(for: .milliseconds(5))
      }
      terminal.type("\u{03}")
      #expect(
        terminal.read(
          until: "Ctrl-C: the statement could not be stopped: this account has no session 40 at the server")
          != nil)
      isOver.withLock { $0 = true }
      #expect(terminal.read(until: "| ended by itself |") != nil)
      let seen = statements.withLock { $0 }
      #expect(seen.first == "SELECT 'long'" && !seen.contains { $0.hasPrefix("KILL") })
    }

    private static func sendCount(_ count: Int, to connection: ScriptedConnection) throws {
      try connection.sendResult(columns: [.init("COUNT(*)", .bigint)], rows: [[.integer(Int64(count))]])
    }

    /// Once the connection is lost, its number may be that of another session, which runs a statement of this account:
    /// a server that starts again counts from 1 again.
    @Test(arguments: [false, true])
    func killsNothingOnceItsConnectionIsLost(isLost: Bool) async throws {
      let statements = Locked<[String]>([])
      let server = try ScriptedServer.noting(statements) { connection, sql in
        if sql.contains("processlist") { return try Self.sendCount(1, to: connection) }
        try connection.sendOK()
      }
      defer { server.stop() }
      let connection = try await MySQLConnection.connect(MySQLConfiguration(url: server.url))
      let interrupts = Interrupts()
      interrupts.begin()
      await interrupts.during(connection) {
        // The statement has not ended: it may still be showing what has arrived.
        if isLost { await connection.close() }
        interrupts.interrupt()
        await interrupts.settle()
      }
      await connection.close()
      let seen = statements.withLock { $0 }
      #expect(seen.count { $0.contains("processlist") } == 1)
      #expect(seen.count { $0.hasPrefix("KILL QUERY") } == (isLost ? 0 : 1), "\(seen)")
    }
  }
}
