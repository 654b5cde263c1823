import MySQL
import MySQLTesting
import Testing

extension ScriptedServer {
  /// Returns a server that answers each query with its text, and any other command with OK.
  static func echo() throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .query(let text): try connection.sendResult(columns: ["a"], rows: [[.text(text)]])
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
  }

  /// Returns a server that prepares each statement as one with a parameter, and answers any other command with OK.
  static func accepting(greeting: ServerGreeting = .mysql) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin(greeting)
      while true {
        switch try connection.readCommand() {
        case .prepare: try connection.sendPrepared(1, parameters: [.init("?", .bigint)])
        case .closeStatement: break
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
  }

  func settings(_ change: (inout MySQLConfiguration) -> Void = { _ in }) throws -> MySQLConfiguration {
    var settings = try MySQLConfiguration(url: url)
    settings.password = MySQLSecret(stringLiteral: canary)
    // Scripts do not expect a second connection, which would end their statement.
    settings.cancellation = .close
    change(&settings)
    return settings
  }

  func connect(_ change: (inout MySQLConfiguration) -> Void = { _ in }) async throws -> MySQLConnection {
    try await MySQLConnection.connect(settings(change))
  }

  /// Waits until the first connection has sent this text, and a little longer.
  func waitFor(_ text: String) async throws {
    let connection = try await connection()
    #expect(await wait { String(decoding: connection.received, as: UTF8.self).contains(text) })
    try await Task.sleep(for: .milliseconds(50))
  }
}
