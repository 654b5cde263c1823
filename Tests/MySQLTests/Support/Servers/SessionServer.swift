import MySQLTesting

/// A server whose sessions know whether a transaction is open and with which isolation level, and whose
/// statements can be killed. It notes every command, in words: SQL as it is, `EXECUTE` and the SQL, `RESET`,
/// `PING` and so on.
final class SessionServer: Sendable {
  /// A command, and what it found.
  struct Entry: Sendable {
    let session: Int
    let text: String
    let isInTransaction: Bool
    /// The isolation level that a statement has here; nil for the server's own.
    let level: String?
  }

  /// Answers a command and returns true, or leaves the answer to the session.
  typealias Script = @Sendable (Session, String) throws -> Bool

  private let journal = Journal<Entry>()
  private let killed = Locked<Set<UInt32>>([])

  /// Starts the server. A session's number for KILL is its index plus one.
  func start(_ script: @escaping Script = { _, _ in false }) throws -> ScriptedServer {
    try ScriptedServer { [self] connection in
      var greeting = ServerGreeting.mysql
      greeting.connectionID = UInt32(connection.index + 1)
      try connection.acceptLogin(greeting)
      let session = Session(connection, killed)
      while true {
        let command = try connection.readCommand()
        let text = session.text(of: command)
        journal.note(
          Entry(
            session: connection.index, text: text, isInTransaction: session.isInTransaction,
            level: session.isInTransaction ? session.level : session.nextLevel))
        if command == .quit { return }
        if try !script(session, text) { try session.answer(command) }
      }
    }
  }

  var texts: [String] { journal.entries.map(\.text) }

  /// Returns the commands whose words begin like this.
  func entries(_ prefix: String) -> [Entry] { journal.entries.filter { $0.text.hasPrefix(prefix) } }

  func has(_ prefix: String) -> Bool { !entries(prefix).isEmpty }

  /// One connection. Only the thread of its handler uses it.
  final class Session {
    let connection: ScriptedConnection
    private(set) var isInTransaction = false
    /// The isolation level of the open transaction.
    private(set) var level: String?
    /// The isolation level that was set for the next one.
    private(set) var nextLevel: String?
    private var prepared: [String] = []
    private let killed: Locked<Set<UInt32>>

    init(_ connection: ScriptedConnection, _ killed: Locked<Set<UInt32>>) {
      self.connection = connection
      self.killed = killed
    }

    /// Waits until the session's statement is killed.
    func waitForKill() throws {
      let id = UInt32(connection.index + 1)
      while killed.withLock({ $0.remove(id) == nil }) { try connection.delay(.milliseconds(1)) }
    }

    /// Waits until something was counted.
    func wait(for counter: Counter) throws {
      while counter.value == 0 { try connection.delay(.milliseconds(1)) }
    }

    /// Ends the transaction and says that it was the victim of a deadlock.
    func deadlock() throws {
      end()
      try connection.sendError(1213, state: "40001", message: "Deadlock found when trying to get lock")
    }

    /// Says that a lock did not come free in time.
    func lockTimeout(undoingAll: Bool, _ code: UInt16 = 1205) throws {
      if undoingAll { end() }
      try connection.sendError(code, message: "Lock wait timeout exceeded")
    }

    func interrupted() throws {
      try connection.sendError(1317, state: "70100", message: "Query execution was interrupted")
    }

    /// Returns the command in words.
    fileprivate func text(of command: ServerScript.Command) -> String {
      switch command {
      case .query(let sql): return sql
      case .prepare(let sql):
        prepared.append(sql)
        return "PREPARE \(sql)"
      case .execute(let id, _):
        return "EXECUTE \(prepared.indices.contains(Int(id) - 1) ? prepared[Int(id) - 1] : "?")"
      case .closeStatement: return "CLOSE"
      case .resetConnection: return "RESET"
      case .ping: return "PING"
      case .quit: return "QUIT"
      default: return "\(command)"
      }
    }

    /// Answers as a server would that lets everything succeed.
    func answer(_ command: ServerScript.Command) throws {
      switch command {
      case .query(let sql): try answer(sql)
      case .prepare(let sql):
        let parameters = sql.filter { $0 == "?" }.map { _ in ServerScript.Column("?", .bigint) }
        try connection.sendPrepared(UInt32(prepared.count), parameters: parameters)
      case .closeStatement, .sendLongData: break
      case .resetConnection:
        end()
        nextLevel = nil
        try connection.sendOK(status: status)
      default: try connection.sendOK(status: status)
      }
    }

    private var status: ServerStatus { isInTransaction ? [.autocommit, .inTransaction] : .autocommit }

    private func answer(_ sql: String) throws {
      if sql.hasPrefix("SELECT") {
        return try connection.sendResult(
          columns: [ServerScript.Column("a", .bigint)], rows: [[1]], status: status)
      }
      if sql.hasPrefix("SET TRANSACTION ") {
        nextLevel = sql
      } else if sql.hasPrefix("KILL QUERY "), let id = UInt32(sql.dropFirst("KILL QUERY ".count)) {
        killed.withLock { _ = $0.insert(id) }
      } else if sql == "BEGIN" || sql.hasPrefix("START TRANSACTION") {
        (isInTransaction, level, nextLevel) = (true, nextLevel, nil)
      } else if sql == "COMMIT" || sql == "ROLLBACK" {
        // Without a transaction too, they drop the level for the next one (MariaDB 10.11, MySQL 9.7).
        end()
        nextLevel = nil
      }
      try connection.sendOK(status: status)
    }

    private func end() { (isInTransaction, level) = (false, nil) }
  }
}
