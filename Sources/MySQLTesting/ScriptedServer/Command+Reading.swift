import MySQLWire

extension ServerScript.Command {
  init(payload: [UInt8], _ commands: inout CommandReader) {
    if let command = try? commands.read(payload), let readable = try? Self(command) {
      self = readable
    } else {
      self = .other(payload)
    }
  }

  private init(_ command: MySQLWire.Command) throws(Violation) {
    switch command {
    case .query(let sql, _): self = .query(String(decoding: sql, as: UTF8.self))
    case .prepare(let sql): self = .prepare(String(decoding: sql, as: UTF8.self))
    case .execute(let execution):
      let parameters = try execution.parameters.decoded().map { ServerScript.Cell($0) }
      self = .execute(statement: execution.statement, parameters: parameters)
    case .executeBulk(let execution): self = .executeBulk(statement: execution.statement, raw: execution.rows)
    case .sendLongData(let statement, let parameter, let bytes):
      self = .sendLongData(statement: statement, parameter: Int(parameter), bytes)
    case .fetch(let statement, let rows, _): self = .fetch(statement: statement, rows: Int(rows))
    case .resetStatement(let id): self = .resetStatement(id)
    case .closeStatement(let id): self = .closeStatement(id)
    case .useDatabase(let name): self = .useDatabase(String(decoding: name, as: UTF8.self))
    case .ping: self = .ping
    case .statistics: self = .statistics
    case .setMultiStatements(let isOn): self = .setMultiStatements(isOn)
    case .resetConnection: self = .resetConnection
    case .changeUser(let settings):
      let database = settings.database.flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
      self = .changeUser(user: String(decoding: settings.user, as: UTF8.self), database: database)
    case .quit: self = .quit
    }
  }
}
