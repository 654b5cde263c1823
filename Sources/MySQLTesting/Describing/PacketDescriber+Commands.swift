import MySQLWire

extension PacketDescriber {
  /// A command that is owed an answer, and how much of the answer has arrived.
  struct Request {
    var code: UInt8
    var statement: UInt32?
    var sql: String?
    /// Whether the statement or a column of its result has to do with passwords.
    var isSecret = false
    var format = Format.text
    var stage = Stage.first
    var definitions: [ColumnDefinition] = []
    var columns = ResultColumns([], format: .text)
    var prepared: PrepareOK?
    /// The status of the EOF after the definitions, which may announce further results.
    var definitionsStatus: StatusFlags = []

    enum Stage {
      case first
      /// The number of definitions still to come. An EOF may follow them.
      case parameters(Int)
      case columns(Int)
      case rows
      /// The client sends a file.
      case file
      /// The client answers an authentication request of COM_CHANGE_USER.
      case authentication
    }
  }

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
      let text = StatementSecrets.masked(String(decoding: sql, as: UTF8.self))
      request.sql = text
      request.isSecret = StatementSecrets.areMentioned(in: text)
      let extra =
        attributes.count > 0 ? " attributes=\(values(attributes, isSecret: request.isSecret))" : ""
      return (FieldText.quoted(text) + extra, text)
    case .prepare(let sql):
      let text = StatementSecrets.masked(String(decoding: sql, as: UTF8.self))
      request.sql = text
      request.isSecret = StatementSecrets.areMentioned(in: text)
      return (FieldText.quoted(text), text)
    case .execute(let execution):
      request.format = .binary
      request.statement = execution.statement
      request.isSecret = statement(execution.statement)?.mentionsSecret ?? false
      let cursor = execution.usesCursor ? " cursor" : ""
      return (
        statementText(execution.statement) + cursor
          + " parameters=\(values(execution.parameters, isSecret: request.isSecret))", nil
      )
    case .executeBulk(let bulk):
      request.format = .binary
      request.statement = bulk.statement
      request.isSecret = statement(bulk.statement)?.mentionsSecret ?? false
      return (statementText(bulk.statement) + " values=\(bulk.rows.count) bytes", nil)
    case .sendLongData(let id, let parameter, let data):
      return (statementText(id) + " parameter=\(parameter) data=\(data.count) bytes", nil)
    case .resetStatement(let id): return (statementText(id), nil)
    case .closeStatement(let id):
      defer { statements[id] = nil }
      return (statementText(id), nil)
    case .fetch(let id, let rows, _):
      request.format = .binary
      request.statement = id
      request.isSecret = statement(id)?.mentionsSecret ?? false
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

  func statement(_ id: UInt32) -> Statement? {
    statements[id == Execution.lastPrepared ? lastPrepared ?? id : id]
  }

  private func statementText(_ id: UInt32) -> String {
    let number = id == Execution.lastPrepared ? "the last one" : "\(id)"
    return "statement=\(number)" + (statement(id).map { " \(FieldText.quoted($0.sql))" } ?? "")
  }
}

/// The names of the commands in the servers' documentation.
enum CommandName {
  private static let names: [UInt8: String] = [
    0x00: "COM_SLEEP", 0x01: "COM_QUIT", 0x02: "COM_INIT_DB", 0x03: "COM_QUERY", 0x04: "COM_FIELD_LIST",
    0x05: "COM_CREATE_DB", 0x06: "COM_DROP_DB", 0x07: "COM_REFRESH", 0x08: "COM_SHUTDOWN",
    0x09: "COM_STATISTICS", 0x0A: "COM_PROCESS_INFO", 0x0B: "COM_CONNECT", 0x0C: "COM_PROCESS_KILL",
    0x0D: "COM_DEBUG", 0x0E: "COM_PING", 0x0F: "COM_TIME", 0x10: "COM_DELAYED_INSERT",
    0x11: "COM_CHANGE_USER", 0x12: "COM_BINLOG_DUMP", 0x13: "COM_TABLE_DUMP", 0x14: "COM_CONNECT_OUT",
    0x15: "COM_REGISTER_REPLICA", 0x16: "COM_STMT_PREPARE", 0x17: "COM_STMT_EXECUTE",
    0x18: "COM_STMT_SEND_LONG_DATA", 0x19: "COM_STMT_CLOSE", 0x1A: "COM_STMT_RESET",
    0x1B: "COM_SET_OPTION", 0x1C: "COM_STMT_FETCH", 0x1D: "COM_DAEMON", 0x1E: "COM_BINLOG_DUMP_GTID",
    0x1F: "COM_RESET_CONNECTION", 0xFA: "COM_STMT_BULK_EXECUTE",
  ]

  static func of(_ code: UInt8) -> String { names[code] ?? "command \(code)" }
}
