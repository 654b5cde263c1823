import MySQLWire

extension PacketDescriber {
  mutating func describeCommand(_ message: Message) throws(Violation) -> DescribedPacket {
    if let request = requests.first {
      switch request.stage {
      case .file:
        guard message.payload.isEmpty else {
          return packet(message, "FileData", "\(message.payload.count) bytes")
        }
        requests[0].stage = .first
        return packet(message, "FileEnd")
      case .authentication where message.sequence != 0: return describeAuthentication(message)
      default: break
      }
    }
    guard let code = message.payload.first else { return packet(message, "malformed", "an empty command") }
    let name = CommandName.of(code)
    guard CommandCode(rawValue: code) != nil else {
      requests.append(Request(code: code))
      return packet(message, name, "\(message.payload.count - 1) bytes")
    }
    let command = try reader.read(message.payload)
    var request = Request(code: code)
    let (fields, sql) = describe(command, &request)
    if keepsContents { last = (command, request.isSecret) }
    switch command {
    case .closeStatement, .sendLongData, .quit: break
    default: requests.append(request)
    }
    return packet(message, name, fields, statement: sql)
  }

  private mutating func describe(
    _ command: Command, _ request: inout Request
  ) -> (fields: String, statement: String?) {
    switch command {
    case .query(let sql, let attributes):
      let sql = String(decoding: sql, as: UTF8.self)
      let text = StatementSecrets.masked(sql)
      request.sql = text
      // What is masked may be the words that show it.
      request.isSecret = text != sql || StatementSecrets.areMentioned(in: text)
      let extra =
        attributes.count > 0 ? " attributes=\(values(attributes, isSecret: request.isSecret))" : ""
      return (FieldText.quoted(text) + extra, text)
    case .prepare(let sql):
      let sql = String(decoding: sql, as: UTF8.self)
      let text = StatementSecrets.masked(sql)
      request.sql = text
      // What is masked may be the words that show it.
      request.isSecret = text != sql || StatementSecrets.areMentioned(in: text)
      return (FieldText.quoted(text), text)
    case .execute(let execution):
      request.format = .binary
      request.statement = execution.statement
      request.isSecret = mentionsSecret(execution.statement)
      let cursor = execution.usesCursor ? " cursor" : ""
      return (
        statementText(execution.statement) + cursor
          + " parameters=\(values(execution.parameters, isSecret: request.isSecret))", nil
      )
    case .executeBulk(let bulk):
      request.format = .binary
      request.statement = bulk.statement
      request.isSecret = mentionsSecret(bulk.statement)
      return (statementText(bulk.statement) + " values=\(bulk.rows.count) bytes", nil)
    case .sendLongData(let id, let parameter, let data):
      request.isSecret = mentionsSecret(id)
      return (statementText(id) + " parameter=\(parameter) data=\(data.count) bytes", nil)
    case .resetStatement(let id): return (statementText(id), nil)
    case .closeStatement(let id):
      defer { statements[id] = nil }
      return (statementText(id), nil)
    case .fetch(let id, let rows, _):
      request.format = .binary
      request.statement = id
      request.isSecret = mentionsSecret(id)
      request.columns = statement(id)?.columns ?? request.columns
      request.stage = .rows
      return (statementText(id) + " rows=\(rows)", nil)
    case .useDatabase(let name): return ("database=\(FieldText.quoted(name))", nil)
    case .setMultiStatements(let isOn): return ("multi-statements=\(isOn ? "on" : "off")", nil)
    case .changeUser(let settings):
      plugin = settings.firstPlugin ?? plugin
      return (
        "user=\(FieldText.quoted(settings.user)) answer=••• database=\(FieldText.quoted(settings.database ?? []))"
          + (settings.firstPlugin.map { " plugin=\(VisibleText.of($0))" } ?? ""), nil
      )
    case .ping, .statistics, .resetConnection, .quit: return ("", nil)
    }
  }

  private func values(_ parameters: ParameterList, isSecret: Bool) -> String {
    if isSecret { return "•••" }
    guard let values = try? parameters.decoded() else { return "\(parameters.count) values" }
    return "(" + FieldText.list(values.map { FieldText.value($0) }) + ")"
  }

  /// Whether a prepared statement has to do with passwords. Its preparation may still be unanswered, if the client
  /// sent both together.
  private func mentionsSecret(_ id: UInt32) -> Bool {
    if id == Execution.lastPrepared, let request = requests.lastPreparation { return request.isSecret }
    return statement(id)?.mentionsSecret ?? false
  }

  func statement(_ id: UInt32) -> Statement? {
    statements[id == Execution.lastPrepared ? lastPrepared ?? id : id]
  }

  private func statementText(_ id: UInt32) -> String {
    let number = id == Execution.lastPrepared ? "the last one" : "\(id)"
    return "statement=\(number)" + (statement(id).map { " \(FieldText.quoted($0.sql))" } ?? "")
  }
}
