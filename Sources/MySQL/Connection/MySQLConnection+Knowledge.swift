import MySQLWire
import Synchronization

extension MySQLConnection {
  /// What this side knows of its session at the server.
  struct Knowledge {
    var statements: StatementCache
    var session: SessionState
    /// The server's max_allowed_packet, once it was asked for.
    var packetLimit: Int?
  }

  /// Remembers what an answer told.
  func keep(_ note: StatementMachine.Note, of work: StatementWork?) {
    knowledge.withLock { knowledge in
      switch note {
      case .prepared(let statement):
        if let work { knowledge.statements.insert(statement, for: work.key) }
      case .lost:
        if let work { knowledge.statements.remove(work.key) }
      case .defined(let columns):
        if let work { knowledge.statements.update(columns, of: work.key) }
      case .changed(let changes):
        knowledge.session.note(changes)
        // Statements are prepared for the database and character set that were in use.
        if changes.contains(where: \.concernsPreparedStatements) { knowledge.statements.removeAll() }
      }
    }
  }

  /// Forgets the statements that a command ends.
  func forgetStatements(endedBy command: borrowing Command) {
    switch command {
    case .resetConnection, .changeUser: knowledge.withLock { $0.statements.forgetAll() }
    // Servers may not tell that the database is another.
    case .useDatabase: knowledge.withLock { $0.statements.removeAll() }
    default: break
    }
  }
}

extension SessionChange {
  fileprivate var concernsPreparedStatements: Bool {
    switch self {
    case .schema: true
    case .variable(let name, _): name.hasPrefix("character_set_") || name == "sql_mode"
    default: false
    }
  }
}
