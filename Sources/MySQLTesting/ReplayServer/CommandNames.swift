/// Names for commands, with the SQL of the statements that they execute.
struct CommandNames: Sendable {
  private var statements: [UInt32: String] = [:]
  private var lastPrepared = ""

  /// Records the statement id that the server assigned to a preparation.
  mutating func note(_ statement: UInt32, of command: ServerScript.Command) {
    if case .prepare(let sql) = command { statements[statement] = sql }
  }

  mutating func name(of command: ServerScript.Command) -> String {
    switch command {
    case .query(let sql): return "query \(sql)"
    case .prepare(let sql):
      lastPrepared = sql
      return "prepare \(sql)"
    case .execute(let statement, _): return "execute \(sql(of: statement))"
    case .executeBulk(let statement, _): return "execute many of \(sql(of: statement))"
    case .sendLongData(let statement, let parameter, _):
      return "long data for parameter \(parameter) of \(sql(of: statement))"
    case .fetch(let statement, let rows): return "fetch \(rows) rows of \(sql(of: statement))"
    case .resetStatement(let statement): return "reset \(sql(of: statement))"
    case .closeStatement(let statement): return "close \(sql(of: statement))"
    case .useDatabase(let name): return "use \(name)"
    case .ping: return "ping"
    case .statistics: return "statistics"
    case .setMultiStatements(let isOn): return "multi-statements \(isOn ? "on" : "off")"
    case .resetConnection: return "reset connection"
    case .changeUser(let user, _): return "change user to \(user)"
    case .quit: return "quit"
    case .other(let payload): return "an unknown command of \(payload.count) bytes"
    }
  }

  private func sql(of statement: UInt32) -> String {
    // The id with which MariaDB refers to the statement prepared last.
    if statement == .max { return lastPrepared }
    return statements[statement] ?? "a statement that was not prepared"
  }
}
