import MySQLWire

extension PacketDescriber {
  mutating func describeAnswer(_ message: Message) throws(Violation) -> DescribedPacket {
    // The request is not copied, since it holds the column definitions of a result, which may be many.
    guard !requests.isEmpty else {
      let described = try describeError(message)
      return packet(message, described.kind, described.fields + " (nobody asked)")
    }
    if message.payload.first == ErrorPacket.header { return try describeError(message) }
    switch requests[0].stage {
    case .first: return try describeFirst(message)
    case .parameters(let left): return try describeDefinition(message, left, of: "ParameterDefinition")
    case .columns(let left): return try describeDefinition(message, left, of: "ColumnDefinition")
    case .rows: return try describeRow(message)
    case .file: return packet(message, "bytes", "while a file is sent")
    case .authentication: return try describeUserChange(message)
    }
  }

  private mutating func describeFirst(_ message: Message) throws(Violation) -> DescribedPacket {
    switch CommandCode(rawValue: requests[0].code) {
    case .statistics:
      requests.removeFirst()
      return packet(message, "Statistics", FieldText.quoted(message.payload))
    case .prepare: return try describePrepared(message)
    case .changeUser: return try describeUserChange(message)
    default: break
    }
    switch message.payload.first {
    case OKPacket.header: return try describeOK(message)
    case EOFPacket.header where EOFPacket.matches(message.payload):
      return try describeEOF(message, endsResult: true)
    case RawSpan.nullMarker:
      requests[0].stage = .file
      return packet(message, "LocalInfileRequest", "file=\(FieldText.quoted(message.payload.dropFirst()))")
    default: return try describeColumnCount(message)
    }
  }

  private mutating func describeUserChange(_ message: Message) throws(Violation) -> DescribedPacket {
    if message.payload.first == OKPacket.header { return try describeOK(message) }
    requests[0].stage = .authentication
    return try describeAuthenticationRequest(message)
  }

  private mutating func describePrepared(_ message: Message) throws(Violation) -> DescribedPacket {
    let ok = try PrepareOK(payload: message.payload)
    reader.prepared(ok.statement, parameterCount: ok.parameters)
    statements[ok.statement] = Statement(
      sql: requests[0].sql ?? "", parameters: ok.parameters, mentionsSecret: requests[0].isSecret)
    lastPrepared = ok.statement
    requests[0].prepared = ok
    requests[0].statement = ok.statement
    requests[0].format = .binary
    if ok.parameters > 0 {
      requests[0].stage = .parameters(ok.parameters)
    } else if ok.columns > 0 {
      requests[0].stage = .columns(ok.columns)
    } else {
      requests.removeFirst()
    }
    return packet(
      message, "PrepareOK",
      "statement=\(ok.statement) parameters=\(ok.parameters) columns=\(ok.columns) warnings=\(ok.warnings)")
  }

  private mutating func describeColumnCount(_ message: Message) throws(Violation) -> DescribedPacket {
    let bytes = message.payload.span.bytes
    var position = 0
    let count = Int(clamping: try bytes.readLengthEncoded(at: &position))
    var isKnown = false
    if capabilities.contains(.mariadbCacheMetadata), position < message.payload.count {
      isKnown = try bytes.readUInt8(at: &position) == 0
    }
    requests[0].definitions = []
    requests[0].stage = .columns(isKnown ? 0 : count)
    if isKnown {
      if let known = requests[0].statement.flatMap({ statement($0) })?.columns { requests[0].columns = known }
      if capabilities.contains(.deprecateEOF) { requests[0].stage = .rows }
    }
    return packet(message, "ColumnCount", "columns=\(count)" + (isKnown ? " (as prepared)" : ""))
  }

  private mutating func describeDefinition(
    _ message: Message, _ left: Int, of kind: String
  ) throws(Violation) -> DescribedPacket {
    let hasEOF = !capabilities.contains(.deprecateEOF)
    if left == 0 {
      let described = try describeEOF(message, endsResult: false)
      try endDefinitions(EOFPacket(payload: message.payload).status)
      return described
    }
    let column = try ColumnDefinition(payload: message.payload, capabilities: capabilities)
    requests[0].definitions.append(column)
    if StatementSecrets.areHeld(by: column) { requests[0].isSecret = true }
    switch requests[0].stage {
    case .parameters: requests[0].stage = .parameters(left - 1)
    default: requests[0].stage = .columns(left - 1)
    }
    if left == 1, !hasEOF { endDefinitions([]) }
    return packet(message, kind, StatementSecrets.masked(FieldText.column(column)))
  }

  /// Ends the definitions once all have arrived, and the EOF after them, if there is one.
  private mutating func endDefinitions(_ status: StatusFlags) {
    let request = requests[0]
    requests[0].definitions = []
    if case .parameters = request.stage, let columns = request.prepared?.columns, columns > 0 {
      requests[0].stage = .columns(columns)
      return
    }
    let columns =
      request.definitions.isEmpty
      ? request.columns : ResultColumns(request.definitions, format: request.format)
    if let id = request.statement {
      statements[id == Execution.lastPrepared ? lastPrepared ?? id : id]?.columns = columns
    }
    guard request.prepared == nil else {
      requests.removeFirst()
      return
    }
    requests[0].columns = columns
    requests[0].stage = .rows
    requests[0].definitionsStatus = status.contains(.outParameters) ? status : []
    // With a cursor, the rows stay at the server.
    if status.contains(.cursorExists) { requests.removeFirst() }
  }

  private mutating func describeRow(_ message: Message) throws(Violation) -> DescribedPacket {
    let payload = message.payload
    if payload.first == EOFPacket.header {
      if capabilities.contains(.deprecateEOF), payload.count < PacketFramer.fullPacket {
        return try describeOK(message)
      }
      if EOFPacket.matches(payload) { return try describeEOF(message, endsResult: true) }
    }
    let kind = requests[0].format == .text ? "Row" : "BinaryRow"
    if requests[0].isSecret { return packet(message, kind, "•••") }
    row.removeAll(keepingCapacity: true)
    try FieldText.append(row: payload, requests[0].columns, to: &row)
    return packet(message, kind, String(decoding: row, as: UTF8.self))
  }

  mutating func describeOK(_ message: Message) throws(Violation) -> DescribedPacket {
    let ok = try OKPacket(payload: message.payload, capabilities: capabilities)
    var fields =
      "affected=\(ok.affectedRows) insert_id=\(ok.lastInsertID) status=\(FieldText.names(of: ok.status)) "
      + "warnings=\(ok.warnings)"
    if !ok.info.isEmpty { fields += " info=\(FieldText.quoted(ok.info))" }
    for change in ok.changes { fields += " \(FieldText.change(change))" }
    endResult(ok.status)
    let isEnd = message.payload.first == EOFPacket.header
    return packet(message, "OK", (isEnd ? "end of rows: " : "") + fields)
  }

  private mutating func describeEOF(
    _ message: Message, endsResult: Bool
  ) throws(Violation) -> DescribedPacket {
    let end = try EOFPacket(payload: message.payload)
    if endsResult { endResult(end.status) }
    return packet(message, "EOF", "warnings=\(end.warnings) status=\(FieldText.names(of: end.status))")
  }

  private mutating func endResult(_ status: StatusFlags) {
    guard let request = requests.first else { return }
    if status.union(request.definitionsStatus).contains(.moreResults) {
      requests[0].stage = .first
      requests[0].definitionsStatus = []
    } else {
      requests.removeFirst()
    }
  }

  mutating func describeError(_ message: Message) throws(Violation) -> DescribedPacket {
    if ProgressReport.matches(message.payload), capabilities.contains(.mariadbProgress) {
      let report = try ProgressReport(payload: message.payload)
      let progress = "stage=\(report.stage)/\(report.stages) progress=\(report.progress)/100000"
      return packet(message, "Progress", "\(progress) \(FieldText.quoted(report.activity))")
    }
    let error = try ErrorPacket(payload: message.payload)
    // A syntax error quotes the statement.
    let isSecret = requests.first?.isSecret ?? false
    if !requests.isEmpty { requests.removeFirst() }
    let state = error.sqlState.map { " state=\(VisibleText.of($0))" } ?? ""
    return packet(
      message, "ERR", "code=\(error.code)\(state) \(isSecret ? "•••" : FieldText.quoted(error.message))")
  }
}
