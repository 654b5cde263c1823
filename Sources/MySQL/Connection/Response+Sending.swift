import MySQLWire
import Synchronization

extension Response {
  /// Carries out the machine's action, and returns the part to hand out, if any.
  @inline(__always)
  func carryOut(
    _ action: consuming StatementMachine.Action, _ state: inout State
  ) throws(MySQLError) -> ResultPart? {
    switch action {
    case .deliver(let part): return part
    case .rows(let rows):
      state.rows += rows.count
      state.end = rows.end
      return .rows(rows)
    case .wait, .lend: return nil
    case .query: try sendText(&state)
    case .execute(let statement): try execute(statement, &state)
    case .send(let command):
      if case .prepare = command, !state.isPinned, let work = state.machine.work {
        state.isPinned = true
        connection.knowledge.withLock { $0.statements.pin(work.key) }
      }
      try send(command, &state)
    case .upload(let statement): state.upload = Upload(of: self, .parameters(of: statement)).start()
    case .sendFile(let name): state.upload = Upload(of: self, .file(name: name)).start()
    }
    return nil
  }

  /// Continues after an upload.
  func uploaded(_ failure: MySQLError?) throws(MySQLError) {
    let action = try state.withLock { (state) throws(MySQLError) -> StatementMachine.Action? in
      state.machine.uploadFailure = failure
      guard let action = state.machine.actionAfterUpload() else { return nil }
      _ = try carryOut(action, &state)
      return action
    }
    guard action == nil else { return }
    try connection.channel.send { (session) throws(Misuse) in try session.endFile() }
  }

  private func sendText(_ state: inout State) throws(MySQLError) {
    guard let work = state.machine.work else { return }
    let attributes = state.machine.attributes
    try send(&state) { (session) throws(Misuse) in
      let sql = work.sql.utf8
      try session.query(sql.span.bytes, attributes: attributes?.list)
    }
  }

  private func execute(_ statement: UInt32, _ state: inout State) throws(MySQLError) {
    guard let work = state.machine.work else { return }
    let (attributes, known) = (state.machine.attributes, state.machine.known)
    try send(&state) { (session) throws(Misuse) in
      try session.execute(
        statement, work.parameters, attributes: attributes?.list,
        usesCursor: work.options?.fetchSize != nil, knownColumns: known?.count == 0 ? nil : known)
    }
  }

  func send(_ command: Command, _ state: inout State) throws(MySQLError) {
    try send(&state) { (session) throws(Misuse) in try session.send(command) }
  }

  /// Closes the statements that are no longer needed, and sends commands.
  @inline(__always)
  func send(
    _ state: inout State, _ body: (inout Session) throws(Misuse) -> Void
  ) throws(MySQLError) {
    let channel = connection.channel
    // While connecting, a limit is already set, which covers everything that is sent.
    if let time = state.machine.timeout ?? connection.queryTime,
      channel.setTimeLimitIfNone(time, for: "the answer to a command (query-timeout)")
    {
      state.hasDeadline = true
    }
    let closing = connection.knowledge.withLock { $0.statements.takeClosing() }
    try channel.send { (session) throws(Misuse) in
      for statement in closing { try session.send(.closeStatement(statement)) }
      try body(&session)
    }
    state.hasSent = true
  }
}

extension MySQLConnection {
  /// Returns the query attributes of a statement: those of the call, then those that the observer adds. The observer's
  /// are left out if they cannot be sent: tracing must not make a statement fail.
  func attributes(of work: StatementWork, _ sql: String?) -> StatementWork.Attributes? {
    let own = work.options?.attributes
    guard let observation, let sql else { return own }
    let added = observation.observer.attributes(for: sql)
    guard let list = try? added.checkedList else { return own }
    var all = own?.list ?? ParameterList()
    all.append(contentsOf: list)
    return StatementWork.Attributes(all)
  }
}
