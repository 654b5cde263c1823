import MySQLTesting
import Synchronization
import Testing

@testable import MySQL

/// Ending statements with KILL QUERY, on servers that behave as they should and on others.
@Suite(.timed) struct KillingTests {
  /// What the server does when it is asked to end the statement.
  enum Answer: String, CaseIterable, Sendable, Codable {
    case kills, losesTheFirstKill, refusesConnections, belongsToAnother, refusesToKill, saysNothing

    /// Whether the connection can be used again.
    var spares: Bool { self == .kills || self == .losesTheFirstKill }
  }

  /// What the statement waits for when its task is cancelled.
  enum Wait: String, CaseIterable, Sendable, Codable { case preparing, executing, rows }

  /// What the connections of a server share.
  private final class Shared: Sendable {
    let isKilled = Atomic(false)
    let hasLostKill = Atomic(false)
    let clientPort = Atomic<UInt16>(0)
    let log = Journal<String>()
  }

  private func server(_ answer: Answer, _ wait: Wait, _ shared: Shared) throws -> ScriptedServer {
    try ScriptedServer { connection in
      if connection.index == 0 { return try Self.serve(connection, wait, shared) }
      if answer == .refusesConnections {
        return try connection.sendError(1040, state: "08004", message: "Too many connections")
      }
      try connection.acceptLogin()
      while true {
        guard case .query(let sql) = try connection.readCommand() else { return }
        shared.log.note(sql)
        if sql.contains("processlist") {
          let port = shared.clientPort.load(ordering: .relaxed) &+ (answer == .belongsToAnother ? 1 : 0)
          try Self.count(of: sql, connection, port)
        } else if answer == .saysNothing {
          try connection.stall()
        } else if answer == .refusesToKill {
          try connection.sendError(1095, message: "You are not owner of thread 1")
        } else {
          let isLost =
            answer == .losesTheFirstKill && !shared.hasLostKill.exchange(true, ordering: .relaxed)
          if !isLost { shared.isKilled.store(true, ordering: .relaxed) }
          try connection.sendOK()
        }
      }
    }
  }

  /// Sends how many sessions have the host that is asked for, where the only one comes from a port.
  private static func count(of sql: String, _ connection: ScriptedConnection, _ port: UInt16) throws {
    try connection.sendResult(
      columns: [ServerScript.Column("COUNT(*)", .bigint)], rows: [[sql.hasSuffix("'%:\(port)'") ? 1 : 0]])
  }

  /// Serves the connection whose statement is ended.
  private static func serve(_ connection: ScriptedConnection, _ wait: Wait, _ shared: Shared) throws {
    try connection.acceptLogin()
    while true {
      let command = try connection.readCommand()
      shared.log.note("\(command)")
      switch command {
      case .query("SELECT 1"): try connection.sendResult(columns: ["a"], rows: [[1]])
      case .query("DO 0"): try connection.sendError(1317, state: "70100", message: "interrupted")
      case .query:
        try connection.sendColumns(["a"])
        try connection.sendRows([[1]], of: ["a"])
        try waitForKill(connection, shared)
      case .prepare:
        if wait == .preparing {
          while !shared.isKilled.load(ordering: .relaxed) { try connection.delay(.milliseconds(1)) }
        }
        try connection.sendPrepared(7, parameters: ["?"], columns: ["a"])
      case .execute: try waitForKill(connection, shared)
      case .quit: return
      case .closeStatement: break
      default: try connection.sendOK()
      }
    }
  }

  private static func waitForKill(_ connection: ScriptedConnection, _ shared: Shared) throws {
    while !shared.isKilled.load(ordering: .relaxed) { try connection.delay(.milliseconds(1)) }
    try connection.sendError(1317, state: "70100", message: "Query execution was interrupted")
  }

  @Test(arguments: Answer.allCases, Wait.allCases)
  func theConnectionIsSparedOrClosed(answer: Answer, wait: Wait) async throws {
    let shared = Shared()
    let server = try server(answer, wait, shared)
    let client = try await server.connect {
      $0.cancellation = .kill
      $0.connectTimeout = .milliseconds(300)
    }
    shared.clientPort.store(try #require(client.channel.addresses?.localPort), ordering: .relaxed)
    let task = Task {
      let query: MySQLQuery = wait == .rows ? "SELECT a FROM t" : "SELECT \(1)"
      _ = try await client.query(query).collect()
    }
    try await server.waitFor("SELECT")
    task.cancel()
    let error = await failure(.milliseconds(1000)) { try await task.value }
    #expect(error?.kind == .cancelled && error?.reach == .unknown)
    if answer.spares {
      let one = try await watched { try await client.query("SELECT 1").collect()[0].decode(String.self) }
      #expect(one == "1")
      #expect(shared.log.entries.contains { $0.contains("DO 0") })
    } else {
      await client.expectClosed()
    }
    if answer == .belongsToAnother {
      #expect(!shared.log.entries.contains { $0.hasPrefix("KILL") }, "somebody else's statement was ended")
    }
    await client.close()
  }

  /// A connection for kills that is opened later may lead to another server, where the number is another session's.
  @Test func everyConnectionForKillsVerifiesTheNumber() async throws {
    let shared = Shared()
    let server = try ScriptedServer { connection in
      if connection.index == 0 { return try Self.serve(connection, .rows, shared) }
      try connection.acceptLogin()
      while true {
        guard case .query(let sql) = try connection.readCommand() else { return }
        shared.log.note(sql)
        if sql.contains("processlist") {
          let port = shared.clientPort.load(ordering: .relaxed) &+ UInt16(connection.index - 1)
          try Self.count(of: sql, connection, port)
        } else {
          shared.isKilled.store(true, ordering: .relaxed)
          return try connection.sendOK()
        }
      }
    }
    let client = try await server.connect { $0.cancellation = .kill }
    shared.clientPort.store(try #require(client.channel.addresses?.localPort), ordering: .relaxed)
    let first = Task { _ = try await client.query("SELECT a FROM t").collect() }
    try await server.waitFor("SELECT a")
    first.cancel()
    _ = await failure { try await first.value }
    let one = try await watched { try await client.query("SELECT 1").collect()[0].decode(String.self) }
    #expect(one == "1")
    let kills = try await server.connection(1)
    #expect(await kills.waitForEnd())
    shared.isKilled.store(false, ordering: .relaxed)
    let second = Task { _ = try await client.query("SELECT b FROM t").collect() }
    try await server.waitFor("SELECT b")
    second.cancel()
    _ = await failure { try await second.value }
    await client.expectClosed()
    #expect(shared.log.entries.count { $0.contains("processlist") } == 2)
    #expect(shared.log.entries.count { $0.hasPrefix("KILL") } == 1, "somebody else's statement was ended")
    await client.close()
  }

  /// A statement prepared for a call that was ended in the meantime does not stay on the server.
  @Test func whatWasPreparedInVainIsClosed() async throws {
    let shared = Shared()
    let server = try server(.kills, .preparing, shared)
    let client = try await server.connect { $0.cancellation = .wait }
    shared.clientPort.store(try #require(client.channel.addresses?.localPort), ordering: .relaxed)
    let task = Task { try await client.execute("SELECT \(1)") }
    try await server.waitFor("SELECT")
    task.cancel()
    _ = await failure { try await task.value }
    _ = try await watched { try await client.query("SELECT 1").collect() }
    #expect(shared.log.entries.contains { $0.contains("closeStatement") }, "\(shared.log.entries)")
    await client.close()
  }
}
