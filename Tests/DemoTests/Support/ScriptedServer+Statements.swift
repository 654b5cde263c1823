import MySQLTesting

extension ScriptedServer {
  /// Returns a server that notes each query before the closure replies to it. Any other command gets OK.
  static func noting(
    _ statements: Locked<[String]>,
    greeting: @escaping @Sendable (_ index: Int) -> ServerGreeting = { _ in .mysql },
    reply: @escaping @Sendable (ScriptedConnection, _ sql: String) throws -> Void
  ) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin(greeting(connection.index))
      while true {
        switch try connection.readCommand() {
        case .query(let sql):
          statements.withLock { $0.append(sql) }
          try reply(connection, sql)
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
  }
}
