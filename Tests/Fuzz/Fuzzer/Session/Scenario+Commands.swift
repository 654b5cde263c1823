import MySQLWire

extension Scenario {
  /// The commands that a scenario can ask for, numbered in this order.
  enum Code: UInt8, CaseIterable {
    case query, prepare, execute, executeKnown, executeLast, executeBulk, sendLongData, resetStatement
    case closeStatement, fetch, ping, useDatabase, statistics, setMultiStatements, resetConnection, changeUser
    case quit
  }

  /// Returns the command for a code. A fetch or an execution knows the columns.
  func command(_ code: UInt8, columns: ResultColumns) -> Command {
    let commands = Code.allCases
    switch commands[Int(code & 0x7F) % commands.count] {
    case .query: return .query(Array("SELECT 1".utf8))
    case .prepare: return .prepare(Array("SELECT ?".utf8))
    case .execute: return .execute(Execution(statement: 1))
    case .executeKnown:
      var execution = Execution(statement: 1)
      execution.usesCursor = true
      execution.knownColumns = columns
      return .execute(execution)
    case .executeLast: return .execute(Execution(statement: Execution.lastPrepared))
    case .executeBulk:
      return .executeBulk(
        BulkExecution(statement: 1, flags: .sendsTypes, types: [3, 0], rows: [0, 1, 0, 0, 0]))
    case .sendLongData: return .sendLongData(statement: 1, parameter: 0, [1, 2, 3])
    case .resetStatement: return .resetStatement(1)
    case .closeStatement: return .closeStatement(1)
    case .fetch: return .fetch(statement: 1, rows: 2, columns: columns)
    case .ping: return .ping
    case .useDatabase: return .useDatabase(Array("database".utf8))
    case .statistics: return .statistics
    case .setMultiStatements: return .setMultiStatements(true)
    case .resetConnection: return .resetConnection
    case .changeUser: return .changeUser(settings)
    case .quit: return .quit
    }
  }
}
