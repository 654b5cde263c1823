import MySQLWire
import Synchronization

// The steps of a statement with parameters. Each is taken when the answer to the one before is read, so that
// preparing and executing are one exchange: one deadline, one turn, and nothing in between.
extension Exchange {
  /// Executes the statement if it is prepared, and prepares it if not. The execution then waits for the answer:
  /// MariaDB could execute "the statement prepared last" along with the preparation, but where the preparation
  /// fails that may be another statement.
  func startStatement() throws(MySQLError) {
    guard var run = state.withLock({ $0.run }) else { return }
    try run.checkCount()
    if let cached = connection.statements.withLock({ $0.find(run.key) }) {
      if run.request.isBatch {
        setStage(.lent(cached))
        return
      }
      try run.check(placeholders: cached.parameters)
      run.known = cached.columns
      state.withLock { $0.run = run }
      return try execute(cached.id)
    }
    if !run.isPinned { connection.statements.withLock { $0.pin(run.key) } }
    run.isPinned = true
    run.stage = .preparing
    state.withLock { $0.run = run }
    let sql = Array(run.sql.utf8)
    try send { (session) throws(Misuse) in try session.send(.prepare(sql)) }
  }

  private func execute(_ statement: UInt32) throws(MySQLError) {
    guard let run = setStage(.executing(statement: statement)) else { return }
    guard run.request.streams.isEmpty else {
      setStage(.streaming(statement: statement))
      return
    }
    try send { (session) throws(Misuse) in try session.send(.execute(run.execution(of: statement))) }
  }

  private func sendAsText() throws(MySQLError) {
    guard let run = setStage(.text) else { return }
    let text = try run.text()
    try send { (session) throws(Misuse) in
      try session.send(.query(text, attributes: run.request.attributes))
    }
  }

  @discardableResult
  private func setStage(_ stage: StatementRun.Stage) -> StatementRun? {
    state.withLock { state in
      state.run?.stage = stage
      return state.run
    }
  }

  /// The statement is prepared.
  func notePrepared(_ prepared: PreparedStatement) throws(MySQLError) {
    guard let run = state.withLock({ $0.run }) else { throw unexpectedAnswer() }
    let statement = StatementCache.Statement(
      id: prepared.id, parameters: prepared.parameters.count, columns: prepared.columns)
    connection.statements.withLock { $0.insert(statement, for: run.key) }
    state.withLock { $0.run?.known = statement.columns }
    switch run.stage {
    case .preparing where run.request.isBatch: setStage(.lent(statement))
    case .preparing:
      try run.check(placeholders: statement.parameters)
      try execute(statement.id)
    default: throw unexpectedAnswer()
    }
  }

  /// What an error means: the failure of the statement, or nil if it is tried another way.
  func failure(_ error: ErrorPacket) throws(MySQLError) -> ErrorPacket? {
    guard let run = state.withLock({ $0.run }) else { return error }
    switch run.stage {
    case .preparing where error.cannotBePrepared:
      try sendAsText()
      return nil
    case .executing, .answering:
      forgetStatement(lostBy: error)
      guard run.canPrepareAgain(after: error) else { return error }
      state.withLock { $0.run?.attempts -= 1 }
      try startStatement()
      return nil
    default: return error
    }
  }

  /// Forgets the statement if the server no longer has it, so that its next use prepares it again.
  func forgetStatement(lostBy error: ErrorPacket) {
    guard error.hasLostStatement, let run = state.withLock({ $0.run }) else { return }
    connection.statements.withLock { $0.remove(run.key) }
  }

  /// A result begins: from now on nothing is done again.
  func noteColumns(_ columns: ResultColumns) throws(MySQLError) {
    let (isExpected, outdated) = state.withLock { state -> (Bool, StatementCache.Key?) in
      guard let run = state.run, case .executing(let statement) = run.stage else {
        return (state.isAnswering, nil)
      }
      state.run?.stage = .answering(statement: statement)
      if run.request.fetchSize != nil { state.run?.cursor = (statement, columns) }
      // What the server has defined it leaves out next time. Of INSERT … RETURNING MariaDB (10.11) first tells
      // here that there are columns.
      return (true, run.known === columns ? nil : run.key)
    }
    guard isExpected else { throw unexpectedAnswer() }
    if let outdated { connection.statements.withLock { $0.update(columns, of: outdated) } }
  }

  /// A result ends.
  func noteAnswer(_ ok: OKPacket) throws(MySQLError) {
    if !ok.changes.isEmpty { connection.session.withLock { $0.note(ok.changes) } }
    // Statements are prepared for the database and character set that were in use.
    if ok.changes.contains(where: \.concernsPreparedStatements) {
      connection.statements.withLock { $0.removeAll() }
    }
    let isExpected = state.withLock { state in
      if case .executing(let statement) = state.run?.stage {
        state.run?.stage = .answering(statement: statement)
      }
      return state.isAnswering
    }
    guard isExpected else { throw unexpectedAnswer() }
  }

  /// Forgets the statements that a command ends.
  func forgetStatements(endedBy command: Command) {
    switch command {
    case .resetConnection, .changeUser: connection.statements.withLock { $0.forgetAll() }
    // Servers may not tell that the database is another.
    case .useDatabase: connection.statements.withLock { $0.removeAll() }
    default: break
    }
  }
}

extension Exchange.State {
  /// Whether results are what the server answers with.
  fileprivate var isAnswering: Bool {
    switch run?.stage {
    case nil, .answering, .text, .lent: true
    default: false
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
