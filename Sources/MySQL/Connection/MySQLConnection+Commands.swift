import MySQLWire
import Synchronization

extension MySQLConnection {
  /// Asks whether the server is there. One round trip.
  ///
  /// - Throws: `MySQLError` if it is not.
  public func ping() async throws(MySQLError) {
    try await run(.ping, "ping")
  }

  /// Uses another database from now on.
  ///
  /// - Throws: `MySQLError` with the server's error if there is none of that name, or no right to it.
  public func useDatabase(_ name: String) async throws(MySQLError) {
    try await run(.useDatabase(Array(name.utf8)), "use")
  }

  /// Makes the session as new, without logging in again: the transaction is rolled back, temporary tables,
  /// user variables, locks and prepared statements are gone, variables have the server's values, and the
  /// database is the one that the session began in (if it began in one). The settings' own commands for new
  /// sessions run again.
  ///
  /// It takes one round trip, and one for each of these commands. Where commands cannot be sent before earlier
  /// ones are answered (without TLS, or behind MySQL Router; see the setting `pipelining`), it takes two or three more.
  ///
  /// - Throws: `MySQLError`. The connection is then closed, also where the server does not know the command
  ///   (before MySQL 5.7.3 and MariaDB 10.2.4).
  public func reset() async throws(MySQLError) {
    try await inOneTurn { () throws(MySQLError) in
      if let database = knowledge.withLock({ $0.session.homeDatabase }) {
        knowledge.withLock { $0.statements.forgetAll() }
        becomeNew(after: [CommandAhead(.resetConnection)])
        try await run(.useDatabase(Array(database.utf8)), "reset", .held)
      } else {
        channel.withSession { $0.ahead = [] }
        try await run(.resetConnection, "reset", .held)
        becomeNew()
      }
    }
  }

  /// Logs in as another account on the same connection, with a session as new. Without a password the
  /// settings' credential provider is asked, if there is one.
  ///
  /// - Throws: `MySQLError` of the kind `authentication` if the account cannot log in. The connection is then
  ///   closed: MySQL does so itself, and MariaDB would go on as the former user, but with a session that has
  ///   lost what was set up in it.
  public func changeUser(
    _ user: String, password: MySQLSecret? = nil, database: String? = nil
  ) async throws(MySQLError) {
    var other = configuration
    other.user = user
    other.password = password
    other.furtherPasswords = []
    other.database = database
    var deadline = Deadline.after(configuration.connectTimeout)
    if password == nil { other = try await other.withCredentials(by: &deadline) }
    try other.validate()
    let settings = try SessionSettings(other, hasTLS: false)
    try await inOneTurn { [other] () throws(MySQLError) in
      do throws(MySQLError) {
        try await run(.changeUser(settings), "change user", .held)
      } catch {
        guard let refusal = error.server else { throw error }
        var refused = MySQLError(refusing: refusal)
        refused.reach = .answered
        throw refused
      }
      knowledge.withLock { $0.session.homeDatabase = other.database }
      becomeNew()
    }
  }

  /// Keeps other tasks' commands out while the closure makes the session new and the settings' commands run. A
  /// session that is only half new is not used: the connection is closed.
  private func inOneTurn(
    _ renew: nonisolated(nonsending) () async throws(MySQLError) -> Void
  ) async throws(MySQLError) {
    try await gate.enter()
    defer { gate.leave() }
    if Task.isCancelled { throw MySQLError(.cancelled, "the task was cancelled before its command was sent") }
    do throws(MySQLError) {
      try await renew()
      try await runInitCommands(.held)
    } catch {
      await channel.close(error)
      throw error
    }
  }

  private func run(
    _ command: Command, _ name: String, _ turn: Response.Turn = .own
  ) async throws(MySQLError) {
    _ = try await Response.begin(.command(command), name: name, on: self, turn: turn).finish()
  }
}
