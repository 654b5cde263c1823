import MySQLWire

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
  /// user variables, locks and prepared statements are gone, and variables have the server's values. The
  /// settings' own commands for new sessions run again.
  ///
  /// - Throws: `MySQLError`. Servers before MySQL 5.7.3 and MariaDB 10.2.4 do not know this command.
  public func reset() async throws(MySQLError) {
    try await inOneTurn { () throws(MySQLError) in
      try await run(.resetConnection, "reset", .held)
      try await prepareSession(.held)
    }
  }

  /// Logs in as another account on the same connection, with a session as new. If that is refused,
  /// MySQL closes the connection, and MariaDB goes on as the former user. Without a password the settings'
  /// credential provider is asked, if there is one.
  ///
  /// - Throws: `MySQLError` of the kind `authentication` if the account cannot log in.
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
    try await inOneTurn { [other] () throws(MySQLError) in
      do throws(MySQLError) {
        try await run(.changeUser(SessionSettings(other, hasTLS: false)), "change user", .held)
      } catch {
        guard let refusal = error.server else { throw error }
        let error = MySQLError(refusing: refusal)
        if !server.isMariaDB { await channel.close(error) }
        throw error
      }
      try await prepareSession(.held)
    }
  }

  /// Keeps other tasks' commands out between those of the closure.
  private func inOneTurn(
    _ body: nonisolated(nonsending) () async throws(MySQLError) -> Void
  ) async throws(MySQLError) {
    try await gate.enter()
    defer { gate.leave() }
    try await body()
  }

  private func run(
    _ command: Command, _ name: String, _ turn: Exchange.Turn = .own
  ) async throws(MySQLError) {
    _ = try await Exchange.begin(.command(command), name: name, on: self, turn: turn).finish()
  }
}
