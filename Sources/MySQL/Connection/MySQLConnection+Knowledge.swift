import MySQLWire
import Synchronization

extension MySQLConnection {
  /// What the client knows about its session at the server.
  struct Knowledge {
    var statements: StatementCache
    var session: SessionState
    /// The server's max_allowed_packet, once it has been queried.
    var packetLimit: Int?
    /// The last statement that was found to leave nothing in the session.
    var harmless: StatementCache.Key?
    /// The transaction that `withTransaction` has open.
    var transaction: TransactionScope?
    /// Whether connecting is complete.
    var isEstablished = false
    /// The killer's connection that verified that the server's number means this connection.
    var verifiedBy: StatementKiller.SideNumber?
    /// The killer of a connection that belongs to no pool; created when first needed.
    var killer: StatementKiller?
  }

  /// Remembers what a response revealed.
  func apply(_ note: StatementMachine.Note, of work: StatementWork?) {
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
        pool?.watch?.positions?.note(changes)
        // Statements are prepared for the database and character set that were in use.
        if changes.contains(where: \.concernsPreparedStatements) { knowledge.statements.removeAll() }
        if configuration.database == nil, changes.contains(where: \.isSchema) {
          knowledge.session.isForeign = true
        }
      }
    }
  }

  /// Remembers the changes of the session that the end of a result reports.
  func noteChanges(in end: OKPacket) {
    if end.hasChanges { apply(.changed(end.changes), of: nil) }
  }

  /// Notes what a command is about to do to the session and its statements.
  func note(_ command: borrowing Command) {
    if pool != nil { knowledge.withLock { $0.session.note(command) } }
    switch command {
    case .resetConnection, .changeUser: knowledge.withLock { $0.statements.forgetAll() }
    // Servers may not report the change of database.
    case .useDatabase: knowledge.withLock { $0.statements.removeAll() }
    default: break
    }
  }

  /// Returns the cached prepared statement for a statement that is about to be executed. In a pool, this also notes
  /// whether the statement may leave something in the session.
  func findPrepared(_ work: StatementWork) -> StatementCache.Statement? {
    guard pool != nil else {
      return work.isPrepared ? knowledge.withLock { $0.statements.find(work.key) } : nil
    }
    return knowledge.withLock { knowledge in
      let cached = work.isPrepared ? knowledge.statements.find(work.key) : nil
      // Texts that were executed before have been scanned already.
      if !knowledge.session.isDirty, cached?.leavesNoTrace != true, work.options?.leavesNoTrace != true {
        if knowledge.harmless != work.key {
          knowledge.session.isDirty = !SQLScanner.leavesNoTrace(work.sql)
          if !knowledge.session.isDirty { knowledge.harmless = work.key }
        }
      }
      return cached
    }
  }
}

extension SessionChange {
  fileprivate var isSchema: Bool { if case .schema = self { true } else { false } }

  fileprivate var concernsPreparedStatements: Bool {
    switch self {
    case .schema: true
    case .variable(let name, _): name.hasPrefix("character_set_") || name == "sql_mode"
    default: false
    }
  }
}
