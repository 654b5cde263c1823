import MySQLWire
import Synchronization

// What the library itself does in a session before a command of the program.
extension MySQLConnection {
  /// Runs `initCommands`.
  func runInitCommands(_ turn: Response.Turn = .own) async throws(MySQLError) {
    for sql in configuration.initCommands {
      _ = try await Response.begin(
        .statement(StatementWork(sql, isPrepared: false)), name: "query", on: self, turn: turn
      ).finish()
    }
  }

  /// Notes that the session is new: the statements that make it utf8mb4 go ahead of the next command, between `first`
  /// and `last`.
  func becomeNew(after first: [CommandAhead] = [], before last: [CommandAhead] = []) {
    knowledge.withLock { $0.session.renew() }
    let setup = setup
    channel.withSession { session in
      // Not a new array unless there is more: an idle connection keeps it.
      session.ahead = first.isEmpty && last.isEmpty ? setup : first + setup + last
      session.forgetTransaction()
    }
  }

  private var setup: [CommandAhead] {
    if configuration.loginCollation != nil { return [] }
    let isTracked = channel.withSession { $0.capabilities.contains(.sessionTrack) }
    if isTracked, pool?.watch?.positions != nil {
      return usualSetup(isTracked) + [server.isMariaDB ? Self.positionsOfMariaDB : Self.positionsOfMySQL]
    }
    return usualSetup(isTracked)
  }

  private func usualSetup(_ isTracked: Bool) -> [CommandAhead] {
    guard let collation = configuration.collation else {
      return isTracked ? Self.setupWithTracking : Self.setupWithoutTracking
    }
    let names = CommandAhead(
      .query(Array("SET NAMES utf8mb4 COLLATE \(MySQLQuery.quoted(identifier: collation))".utf8)))
    return isTracked ? [names, Self.tracking] : [names]
  }

  // Almost all connections have one of these. An idle one has it until its first command.
  private static let setupWithoutTracking = [CommandAhead(.query(Array("SET NAMES utf8mb4".utf8)))]
  private static let setupWithTracking = setupWithoutTracking + [tracking]

  /// Asks the server to report changes of the database and of the character set. It does so by default, but an
  /// administrator can change that. MySQL (9.7) does not accept a variable twice.
  private static let tracking: CommandAhead = {
    let list = "@@session_track_system_variables"
    let missing = ["character_set_client", "character_set_connection", "character_set_results"]
      .map { "IF(LOCATE('\($0)', \(list)), NULL, '\($0)')" }
    let sql =
      "SET session_track_schema = ON, session_track_system_variables = IF(LOCATE('*', \(list)), '*', "
      + "CONCAT_WS(',', NULLIF(\(list), ''), \(missing.joined(separator: ", "))))"
    return CommandAhead(.query(Array(sql.utf8)), isRequired: false)
  }()

  /// Asks the server to report the GTID of each write.
  private static let positionsOfMySQL = CommandAhead(
    .query(Array("SET session_track_gtids = OWN_GTID".utf8)), isRequired: false)
  private static let positionsOfMariaDB: CommandAhead = {
    let list = "@@session_track_system_variables"
    let sql =
      "SET session_track_system_variables = IF(LOCATE('last_gtid', \(list)) OR LOCATE('*', \(list)), \(list), "
      + "CONCAT_WS(',', NULLIF(\(list), ''), 'last_gtid'))"
    return CommandAhead(.query(Array(sql.utf8)), isRequired: false)
  }()

  /// Whether a command can be sent at once: the server will read its text as intended, and it is not too large.
  ///
  /// - Throws: Why it must not be sent.
  func isReady(for work: borrowing Work) throws(MySQLError) -> Bool {
    let isUse = work.isUse
    let refusal = knowledge.withLock { knowledge -> MySQLError? in
      if isUse {
        knowledge.statements.removeAll()
        knowledge.session.hasMoved = true
      }
      if let doom = knowledge.transaction?.doom, !work.endsTransaction { return doom }
      return knowledge.session.refusal(of: work)
    }
    if let refusal { throw refusal }
    return work.size < unquestionedSize && channel.withSession { $0.ahead.isEmpty }
  }

  /// Makes sure that a command can be sent. Any setup that the session lacks is sent ahead of it where that is safe,
  /// and completed first otherwise.
  nonisolated(nonsending) func makeReady(for work: Work) async throws(MySQLError) {
    let size = work.size
    if size >= unquestionedSize { try await checkSize(size, of: work) }
    // If SET NAMES fails, what is sent after it must mean the same without it.
    let goesTogether =
      pipelining.keepsCommandsApart && work.isASCII
      && channel.withSession { !$0.ahead.contains { $0.mustComeFirst } }
    guard !goesTogether, channel.withSession({ !$0.ahead.isEmpty }) else { return }
    if configuration.cancellation == .close || !isEstablished {
      try await getReady(within: work.timeout)
    } else {
      // If the task is cancelled now, it has sent nothing of its own, but the session is still made ready.
      let limit = work.timeout
      try await Shield.run { () throws(MySQLError) in try await self.getReady(within: limit) }
    }
  }

  /// Sends now what would go ahead of the next command, and waits for the responses. It is the caller's turn on the
  /// connection.
  func getReady(within limit: Nanoseconds? = nil) async throws(MySQLError) {
    let isLimited = limit.map { channel.setTimeLimitIfNone($0, for: "the session's setup") } ?? false
    defer { if isLimited { channel.setTimeLimit(nil) } }
    let ahead = channel.withSession { session in
      defer { session.ahead = [] }
      return session.ahead
    }
    for (index, command) in ahead.enumerated() {
      do throws(MySQLError) {
        _ = try await Response.begin(
          .command(command.command), name: "set up", on: self, turn: .held, isObserved: false
        )
        .finish()
      } catch {
        let isPutOff = error.server?.code == .mustChangePassword
        if isPutOff || error.kind == .cancelled && error.reach == .notSent {
          channel.withSession { $0.ahead = Array(ahead[index...]) }
          if isPutOff { return }
          throw error
        }
        if error.kind == .server, !command.isRequired { continue }
        // Nothing of the command itself was sent.
        var error = error
        error.reach = .notSent
        if error.kind == .server { error.message = MySQLError.notReady }
        await channel.close(error)
        throw error
      }
    }
    if !ahead.isEmpty { knowledge.withLock { $0.session.isDirty = false } }
  }

  /// The size below which commands are sent without asking for the server's limit.
  private var unquestionedSize: Int { min(1 << 20, configuration.maxAllowedPacket) }

  /// Checks that a command is not too large. A server that receives more than its `max_allowed_packet` closes the
  /// connection, and its error message is often lost along with the data that it did not read.
  private func checkSize(_ size: Int, of work: Work) async throws(MySQLError) {
    guard size <= configuration.maxAllowedPacket else {
      throw MySQLError(
        .encoding,
        "the statement or one of its values has \(size) bytes, and the setting max-allowed-packet allows "
          + "\(configuration.maxAllowedPacket)", statement: work.statement)
    }
    guard size >= 1 << 20 else { return }
    let limit = try await packetLimit(.held)
    if size >= limit { throw MySQLError(size: size, limit: limit, statement: work.statement) }
  }

  /// Returns the server's max_allowed_packet, which is queried only once.
  func packetLimit(_ turn: Response.Turn) async throws(MySQLError) -> Int {
    if let known = knowledge.withLock({ $0.packetLimit }) { return known }
    let limit = try await integer(of: "SELECT @@max_allowed_packet", turn, isObserved: false) ?? Int.max
    knowledge.withLock { $0.packetLimit = limit }
    return limit
  }
}
