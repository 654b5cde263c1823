import Foundation
import MySQLTesting
import MySQLWire
import Testing

@testable import MySQL

/// Servers whose roles a test decides: one after the other is what it is told to be, numbers the writes that it accepts by
/// GTID, and catches up when it is told to.
final class ScriptedFleet: Sendable {
  private let members: Locked<[Member]>
  let servers: [ScriptedServer]
  static let source = "3e11fa47-71ca-11e1-9e33-c80aa9429562"

  struct Member {
    var isReadOnly: Bool
    /// Whether it accepts connections, but says nothing.
    var isSilent = false
    var hasCaughtUp = true
    /// The number of the last transaction that it counts as committed, as a node of Galera.
    var transaction = 0
    /// How many of these others may not see yet.
    var unseen = 0
    /// Whether it confirms no write for now.
    var holdsWrites = false
    /// The Galera cluster whose history it has.
    var history = ScriptedFleet.source
    /// The statements that it was given, without those of the library.
    var statements: [String] = []
    var roleQuestions = 0
    var waits = 0
    var resets = 0
  }

  private let cluster: ServerRole.Cluster?

  /// - Parameters:
  ///   - readOnly: Of each server, whether it is a replica.
  ///   - cluster: What the servers say that they are members of.
  init(readOnly: [Bool], in cluster: ServerRole.Cluster? = nil) throws {
    self.cluster = cluster
    let box = Box()
    servers = try readOnly.indices.map { number in
      try ScriptedServer { connection in try box.fleet.withLock { $0.value }?.serve(connection, number) }
    }
    members = Locked(readOnly.map { Member(isReadOnly: $0) })
    box.fleet.withLock { $0.value = self }
  }

  private final class Box: Sendable {
    let fleet = Locked(Reference())
    struct Reference { weak var value: ScriptedFleet? }
  }

  var endpoints: [MySQLConfiguration.Endpoint] { servers.map(\.endpoint) }

  func change(_ number: Int, _ change: (inout Member) -> Void) { members.withLock { change(&$0[number]) } }
  func member(_ number: Int) -> Member { members.withLock { $0[number] } }
  /// Which servers have got a statement, and how often.
  func counts(of statement: String) -> [Int] {
    members.withLock { $0.map { $0.statements.filter { $0 == statement }.count } }
  }

  /// Makes another server the one that accepts writes.
  func promote(_ number: Int) {
    members.withLock { members in for index in members.indices { members[index].isReadOnly = index != number }
    }
  }

  /// Returns a client that knows what its servers are, whatever time their first replies take.
  ///
  /// With `any`, it has taken the first server, unless this machine was ten times in a row too busy for that server to
  /// reply within the time that it gets.
  func client(
    _ target: MySQLConfiguration.Target, _ change: (inout MySQLConfiguration) -> Void = { _ in }
  ) async throws -> MySQLClient {
    let settings = MySQLConfiguration.several(endpoints) {
      $0.target = target
      $0.statementMode = .text
      $0.idleCheck = nil
      change(&$0)
    }
    if target == .any {
      return try await firstThatTakesTheFirst(
        within: .nanoseconds(Servers.Choice.patience), { try MySQLClient(settings) }, { await $0.shutdown() })
    }
    let client = try MySQLClient(settings)
    Task { await client.run() }
    #expect(await wait { client.serverStatus.allSatisfy { $0.role != nil } })
    return client
  }

  /// Returns a connection. With `any`, it is to the first server, as with a client.
  func connection(_ target: MySQLConfiguration.Target) async throws -> MySQLConnection {
    let settings = MySQLConfiguration.several(endpoints) { $0.target = target }
    guard target == .any else { return try await MySQLConnection.connect(settings) }
    return try await firstThatTakesTheFirst(
      within: ConnectRace.delay, { try await MySQLConnection.connect(settings) }, { await $0.close() })
  }

  /// Makes something that reaches the first server. Where another server was taken because the first was late, it tries again.
  private func firstThatTakesTheFirst<Source: MySQLQueryable>(
    within patience: Duration, _ make: () async throws -> Source, _ end: (Source) async -> Void
  ) async throws -> Source {
    for _ in 0..<9 {
      let (start, source) = (ContinuousClock.now, try await make())
      if try await server(of: source) == 0 || ContinuousClock.now - start < patience { return source }
      await end(source)
    }
    return try await make()
  }

  /// Returns the number of the server that a statement reaches.
  func server(of queryable: some MySQLQueryable) async throws -> Int {
    try await queryable.query("SELECT server").collect()[0].decode(Int.self)
  }

  private func serve(_ connection: ScriptedConnection, _ number: Int) throws {
    if member(number).isSilent { return try connection.stall() }
    try connection.acceptLogin(cluster == .galera ? .mariaDB : .mysql)
    var status = ServerStatus.autocommit
    while true {
      let command = try connection.readCommand()
      if member(number).isSilent { return try connection.stall() }
      switch command {
      case .query(let text) where text.hasPrefix("START TRANSACTION"):
        status = [.autocommit, .inTransaction]
        try connection.sendOK(status: status)
      case .query(let text) where ["COMMIT", "ROLLBACK"].contains(text):
        status = .autocommit
        try connection.sendOK()
      case .query(let text): try reply(connection, number, to: text, status)
      case .resetConnection:
        change(number) { $0.resets += 1 }
        try connection.sendOK()
      case .quit: return
      default: try connection.sendOK()
      }
    }
  }

  private func reply(
    _ connection: ScriptedConnection, _ number: Int, to text: String, _ status: ServerStatus
  ) throws {
    let member = member(number)
    if cluster == .galera, try replyAsNode(connection, number, to: text) { return }
    if text.contains("@@global.read_only") {
      change(number) { $0.roleQuestions += 1 }
      let value: ServerScript.Cell = member.isReadOnly ? "1" : "0"
      return try connection.sendResult(
        columns: ["a", "b", "c", "d"], rows: [[value, value, "0", cluster == .group ? "ONLINE" : nil]])
    }
    if text.contains("WAIT_FOR_EXECUTED_GTID_SET") {
      change(number) { $0.waits += 1 }
      return try connection.sendResult(columns: [.init("a", .bigint)], rows: [[member.hasCaughtUp ? 0 : 1]])
    }
    change(number) { $0.statements.append(text) }
    if text.hasPrefix("SELECT") {
      return try connection.sendResult(
        columns: [.init("server", .bigint)], rows: [[.integer(Int64(number))]], status: status)
    }
    if member.isReadOnly, text.hasPrefix("INSERT") {
      return try connection.sendError(
        1290, state: "HY000",
        message: "The MySQL server is running with the --read-only option so it cannot execute this statement"
      )
    }
    guard text.hasPrefix("INSERT") else { return try connection.sendOK() }
    while self.member(number).holdsWrites { usleep(1000) }
    let count = members.withLock {
      $0.map { $0.statements.filter { $0.hasPrefix("INSERT") }.count }.reduce(0, +)
    }
    var ok = OKPacket()
    ok.status = StatusFlags(rawValue: status.rawValue).union(.sessionStateChanged)
    ok.changes = [.gtids("\(Self.source):\(count)")]
    var writer = ByteWriter()
    ok.write(to: &writer, .standard)
    try connection.sendPacket(writer.bytes)
  }

  /// Replies to the questions to a node of Galera, and returns whether it was one.
  private func replyAsNode(_ connection: ScriptedConnection, _ number: Int, to text: String) throws -> Bool {
    let member = member(number)
    if text.contains("@@wsrep_on") {
      change(number) { $0.roleQuestions += 1 }
      try connection.sendResult(columns: ["a", "b", "c"], rows: [[member.isReadOnly ? "1" : "0", "0", "1"]])
    } else if text.contains("wsrep_ready") {
      try connection.sendResult(columns: ["a", "b"], rows: [["ON", "Synced"]])
    } else if text.contains("wsrep_last_committed") {
      change(number) { $0.waits += 1 }
      for transaction in [member.transaction - member.unseen, member.transaction] {
        let cells: [ServerScript.Cell] = [.text(member.history), .text("\(transaction)")]
        try connection.sendResult(columns: ["a", "b"], rows: [cells], status: [.autocommit, .moreResults])
      }
      try connection.sendOK()
    } else {
      return false
    }
    return true
  }
}
