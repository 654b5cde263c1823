extension Session {
  /// Writes a command to the output. While other commands are in progress, it is queued after them at the
  /// server. Throws where the server might take its bytes for something else.
  package mutating func send(_ command: Command) throws(Misuse) {
    try check(command)
    if case .changeUser(let settings) = command { return changeUser(settings) }
    let kind = response(to: command)
    if !ahead.isEmpty, kind != nil { sendAhead() }
    let sequence = put(command)
    if case .quit = command {
      phase = .closed
    } else if let kind {
      expect(PendingResponse(kind, sequence: sequence, columns: columns(of: command)))
    }
  }

  /// Notes that what is sent ahead of the next command ends the open transaction.
  package mutating func forgetTransaction() { status.remove(.inTransaction) }

  /// Writes an execution to the output, like `send`, but without first copying the values.
  package mutating func execute(
    _ statement: UInt32, _ parameters: ParameterList, attributes: ParameterList? = nil,
    usesCursor: Bool = false, sendsTypes: Bool = true, knownColumns: ResultColumns? = nil
  ) throws(Misuse) {
    try checkReady()
    guard parameters.count + (attributes?.count ?? 0) <= ParameterList.limit else { throw .tooManyParameters }
    if !ahead.isEmpty { sendAhead() }
    let capabilities = capabilities
    let sequence = output.write(sequence: 0) { writer in
      writer.writeStatementExecute(
        statement, parameters, attributes, usesCursor: usesCursor, sendsTypes: sendsTypes, capabilities)
    }
    let isOfLastPrepared = knownColumns == nil && statement == Execution.lastPrepared
    expect(
      PendingResponse(
        isOfLastPrepared ? .resultsOfLastPrepared : .results(.binary), sequence: sequence,
        columns: knownColumns))
  }

  /// Writes a query to the output, like `send`, but without first copying its text.
  package mutating func query(_ sql: RawSpan, attributes: ParameterList?) throws(Misuse) {
    try checkReady()
    if let attributes, attributes.count > ParameterList.limit { throw .tooManyParameters }
    if !ahead.isEmpty { sendAhead() }
    let capabilities = capabilities
    let sequence = output.write(sequence: 0) { $0.writeQuery(sql, attributes: attributes, capabilities) }
    expect(PendingResponse(.results(.text), sequence: sequence, columns: nil))
  }

  private mutating func sendAhead() {
    let commands = ahead
    ahead = []
    for command in commands {
      sentAhead.append(command)
      expect(PendingResponse(.ahead, sequence: put(command.command)))
    }
  }

  /// Writes a command and returns the sequence id of its response.
  private mutating func put(_ command: Command) -> UInt8 {
    let capabilities = capabilities
    return output.write(sequence: 0) { command.write(to: &$0, capabilities) }
  }

  /// Throws unless commands can be queued. Mutating, so that the compiler does not copy the session.
  mutating func checkReady() throws(Misuse) {
    switch phase {
    case .commands, .definitions, .rows, .openCursor: break
    case .localInfile: throw .busy
    case .greeting, .startingTLS, .login, .closed, .poisoned: throw .notReady
    }
    if pending.last?.mayRequestFile(capabilities) == true { throw .busy }
  }

  private mutating func check(_ command: Command) throws(Misuse) {
    try checkReady()
    switch command {
    case .query(_, let attributes):
      guard attributes.count <= ParameterList.limit else { throw .tooManyParameters }
    case .execute(let execution):
      let count = execution.parameters.count + execution.attributes.count
      guard count <= ParameterList.limit else { throw .tooManyParameters }
    case .changeUser(let settings):
      guard pending.isEmpty else { throw .busy }
      guard !settings.user.contains(0), settings.database?.contains(0) != true else { throw .embeddedNUL }
    default: break
    }
  }

  private func response(to command: Command) -> PendingResponse.Kind? {
    switch command {
    case .query: .results(.text)
    case .prepare: .preparation
    case .execute(let execution):
      execution.knownColumns == nil && execution.statement == Execution.lastPrepared
        ? .resultsOfLastPrepared : .results(.binary)
    case .executeBulk: .results(.binary)
    case .fetch: .fetchedRows
    case .ping, .useDatabase, .setMultiStatements, .resetConnection, .resetStatement: .ok
    case .statistics: .statistics
    case .sendLongData, .closeStatement, .changeUser, .quit: nil
    }
  }

  private func columns(of command: Command) -> ResultColumns? {
    switch command {
    case .execute(let execution): execution.knownColumns
    case .fetch(_, _, let columns): columns
    default: nil
    }
  }

  mutating func expect(_ response: PendingResponse) {
    if pending.isEmpty { framer.sequence = response.sequence }
    pending.append(response)
  }

  /// Ends the response in progress: what follows belongs to the next command.
  mutating func completeResponse() {
    phase = .commands
    pending.removeFirst()
    framer.sequence = pending.first?.sequence ?? 0
  }
}
