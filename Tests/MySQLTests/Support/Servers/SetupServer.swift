import MySQLTesting

/// A server that tells how a session is set up.
enum SetupServer {
  typealias Answer = @Sendable (ScriptedConnection, ServerScript.Command) throws -> Bool

  static let names = ServerScript.Command.query("SET NAMES utf8mb4")

  /// Returns a server that waits for a moment before it answers its first command, so that `received` then holds all
  /// that the client sends without an answer. It answers with OK, except for the commands that the closure answers.
  static func serve(
    _ greeting: ServerGreeting = .mariaDB, _ journal: Journal<ServerScript.Command>,
    _ first: Journal<String> = Journal(),
    _ answer: @escaping Answer = { _, _ in false }
  ) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin(greeting)
      connection.answersSetup = false
      while true {
        let command = try connection.readCommand()
        if journal.entries.isEmpty {
          try connection.delay(.milliseconds(50))
          first.note(String(decoding: connection.received, as: UTF8.self))
        }
        journal.note(command)
        if command == .quit { return }
        if try !answer(connection, command) { try connection.sendOK() }
      }
    }
  }

  static func isTracking(_ command: ServerScript.Command?) -> Bool {
    if case .query(let sql) = command { sql.hasPrefix("SET session_track_schema = ON, ") } else { false }
  }
}
