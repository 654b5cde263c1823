import MySQLWire
import Synchronization

extension MySQLConnection {
  /// Runs a statement of the library's own, and returns the integer that its rows begin with, if there are any.
  func integer(
    of sql: String, _ turn: Response.Turn = .own, by end: Deadline? = nil, isObserved: Bool = true
  ) async throws(MySQLError) -> Int? {
    let options = end.map { StatementWork.Options(timeout: $0.timeLeft) }
    let response = try await Response.begin(
      .statement(StatementWork(sql, isPrepared: false, ParameterList(), options)), name: "query", on: self,
      turn: turn, isObserved: isObserved)
    var integer: Int?
    while let part = try await response.next() {
      if integer == nil, case .rows(let block) = part { integer = block.firstInteger }
    }
    return integer
  }

  /// Checks that the server is there, in one round trip.
  ///
  /// - Throws: `MySQLError` if it is not.
  public func ping() async throws(MySQLError) {
    try await run(.ping, "ping")
  }

  /// Switches the session to another database.
  ///
  /// - Throws: `MySQLError` with the server's error if the database does not exist or the account may not use it.
  public func useDatabase(_ name: String) async throws(MySQLError) {
    try await run(.useDatabase(Array(name.utf8)), "use")
  }

  /// Makes the session as good as new without logging in again: the transaction is rolled back, temporary tables, user
  /// variables, locks and prepared statements are gone, variables have the server's values, and the database is the one
  /// that the session began in, if it began in one. The `initCommands` run again.
  ///
  /// This takes one round trip, plus one for each of these commands. Where a command cannot be sent before earlier ones
  /// have been answered (without TLS, or behind MySQL Router; see the setting `pipelining`), it takes two or three
  /// more. On a Galera node, `wsrep_sync_wait` has no effect in the new session (MariaDB 10.11).
  ///
  /// - Throws: `MySQLError`. The connection is then closed. Servers before MySQL 5.7.3 and MariaDB 10.2.4 do not know
  ///   the command, so `reset` always throws there.
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

  /// Logs in as another account on the same connection, with a new session. Without a password, the settings'
  /// credential provider is asked, if there is one.
  ///
  /// - Throws: `MySQLError` of the kind `authentication` if the account cannot log in. The connection is then closed:
  ///   MySQL closes it itself, and MariaDB would continue as the previous user, in a session that has lost its setup.
  public func changeUser(
    _ user: String, password: MySQLSecret? = nil, database: String? = nil
  ) async throws(MySQLError) {
    var other = configuration
    other.user = user
    other.password = password
    other.additionalPasswords = []
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

  /// Keeps out other tasks' commands while the closure renews the session and `initCommands` run. If either fails, the
  /// connection is closed, because the session is only half new.
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
