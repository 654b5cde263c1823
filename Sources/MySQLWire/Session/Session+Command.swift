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

  /// Writes an execution to the output, like `send`, but without first copying the values.
  package mutating func execute(
    _ statement: UInt32, _ parameters: ParameterList, attributes: ParameterList, usesCursor: Bool = false,
    sendsTypes: Bool = true, knownColumns: ResultColumns? = nil
  ) throws(Misuse) {
    try checkReady()
    guard parameters.count + attributes.count <= ParameterList.limit else { throw .tooManyParameters }
    if !ahead.isEmpty { sendAhead() }
    let capabilities = capabilities
    let sequence = write(.execute) { writer in
      writer.writeExecution(
        of: statement, parameters, attributes, usesCursor: usesCursor, sendsTypes: sendsTypes, capabilities)
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
    let sequence = write(.query) { writer in
      if capabilities.contains(.queryAttributes) { writer.writeQueryAttributes(attributes) }
      sql.withUnsafeBytes { writer.write(buffer: $0) }
    }
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
    return switch command {
    case .query(let sql, let attributes):
      write(.query) { writer in
        if capabilities.contains(.queryAttributes) { writer.writeQueryAttributes(attributes) }
        writer.write(sql)
      }
    case .prepare(let sql): write(.prepare) { $0.write(sql) }
    case .execute(let execution): write(.execute) { execution.write(to: &$0, capabilities) }
    case .executeBulk(let execution): write(.executeBulk) { execution.write(to: &$0) }
    case .sendLongData(let statement, let parameter, let bytes):
      write(.sendLongData) { writer in
        writer.writeInteger(statement)
        writer.writeInteger(parameter)
        writer.write(bytes)
      }
    case .resetStatement(let id): write(.resetStatement) { $0.writeInteger(id) }
    case .closeStatement(let id): write(.closeStatement) { $0.writeInteger(id) }
    case .fetch(let statement, let rows, _):
      write(.fetch) { writer in
        writer.writeInteger(statement)
        writer.writeInteger(rows)
      }
    case .ping: write(.ping)
    case .useDatabase(let name): write(.useDatabase) { $0.write(name) }
    case .statistics: write(.statistics)
    case .setMultiStatements(let isOn):
      write(.setOption) { $0.writeInteger(isOn ? UInt16(0) : UInt16(1)) }
    case .resetConnection: write(.resetConnection)
    case .changeUser: write(.changeUser)
    case .quit: write(.quit)
    }
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

  private mutating func write(
    _ code: CommandCode, _ body: (inout ByteWriter) -> Void = { _ in }
  ) -> UInt8 {
    output.write(sequence: 0) { writer in
      writer.writeUInt8(code.rawValue)
      body(&writer)
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

  private mutating func changeUser(_ settings: SessionSettings) {
    // These commands are for the session that ends here.
    ahead = []
    var login = Login(settings: settings)
    login.isChangeOfUser = true
    // An error is ignored here: a method that cannot use the challenge throws when the server asks for it by name.
    let begun = try? login.begin(
      challenge: challenge, madeFor: greeting?.plugin ?? "", channel: channel,
      answerLimit: HandshakeResponse.shortAnswer)
    let (plugin, answer) = begun ?? (CachingSHA2Password.name, [])
    let capabilities = capabilities
    let collation = collation(settings)
    framer.sequence = write(.changeUser) { writer in
      writer.writeNullTerminated(settings.user)
      writer.writeShort(bytes: answer)
      writer.writeNullTerminated(settings.database ?? [])
      writer.writeInteger(collation.rawValue)
      if capabilities.contains(.pluginAuthentication) { writer.writeNullTerminated(plugin.utf8) }
      if capabilities.contains(.connectAttributes) { settings.attributes.write(to: &writer) }
    }
    phase = .login(login)
  }
}

extension Execution {
  func write(to writer: inout ByteWriter, _ capabilities: Capabilities) {
    writer.writeExecution(
      of: statement, parameters, attributes, usesCursor: usesCursor, sendsTypes: sendsTypes, capabilities)
  }
}

extension ByteWriter {
  fileprivate mutating func writeExecution(
    of statement: UInt32, _ parameters: ParameterList, _ attributes: ParameterList, usesCursor: Bool,
    sendsTypes: Bool, _ capabilities: Capabilities
  ) {
    let namesParameters = capabilities.contains(.queryAttributes)
    // CURSOR_TYPE_READ_ONLY, PARAMETER_COUNT_AVAILABLE, and the number of executions: one.
    let flags: UInt64 = (usesCursor ? 1 : 0) | (namesParameters ? 8 : 0)
    writeInteger(UInt64(statement) | flags << 32 | 1 << 40)
    writeUInt8(0)
    guard namesParameters, attributes.count > 0 else {
      if namesParameters { writeLengthEncoded(parameters.count) }
      return parameters.write(to: &self, sendsTypes: sendsTypes, withNames: namesParameters)
    }
    var all = parameters
    all.append(contentsOf: attributes)
    writeLengthEncoded(all.count)
    all.write(to: &self, sendsTypes: sendsTypes, withNames: true)
  }
}

extension BulkExecution {
  func write(to writer: inout ByteWriter) {
    writer.writeInteger(statement)
    writer.writeInteger(flags.rawValue)
    if flags.contains(.sendsTypes) { writer.write(types) }
    writer.write(rows)
  }
}

extension ByteWriter {
  /// Writes the fields before the text of a query: the attributes, as one set of parameters.
  fileprivate mutating func writeQueryAttributes(_ attributes: ParameterList?) {
    writeLengthEncoded(attributes?.count ?? 0)
    writeLengthEncoded(1)
    attributes?.write(to: &self, sendsTypes: true, withNames: true)
  }
}
