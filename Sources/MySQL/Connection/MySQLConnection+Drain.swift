import MySQLWire
import Synchronization

// Responses that nobody reads to the end.
extension MySQLConnection {
  /// How many bytes of rows are read and dropped, and for how long, to save a connection whose result was abandoned.
  private static var drainLimit: Int { 1 << 20 }
  private static var longestDrain: Nanoseconds { 2_000_000_000 }
  private var drainTime: Nanoseconds {
    configuration.cancellation == .close ? Self.longestDrain : 250_000_000
  }
  /// The same limits once the server has been told to end the statement.
  private static var killedLimit: Int { 64 << 20 }
  private static var killedTime: Nanoseconds { 5_000_000_000 }
  /// How long a statement may go on after it was killed, until it is killed again.
  private static var killPatience: Nanoseconds { 1_000_000_000 }

  /// Ends a response that nobody will read to the end. If little is left, it is read and dropped, and the connection is
  /// as good as new. If more is left, KILL QUERY ends the statement at the server; where that is impossible, the
  /// connection is closed. Finally the gate opens, and the lease ends.
  ///
  /// - Parameters:
  ///   - reason: Why the statement must be ended without reading on; nil if the rest may be read.
  ///   - command: The command that closes an open cursor.
  @discardableResult
  func endAnswer(
    because reason: MySQLError? = nil, sending command: Command?, lease: Lease?
  ) -> Task<Void, Never> {
    gate.setHolder(.upkeep)
    return Task.detached {
      do throws(MySQLError) {
        if reason == nil, let command { try self.send(command) }
        let isAtEnd =
          reason == nil
          ? try await self.dropRest(upTo: Self.drainLimit, for: self.drainTime)
          : try self.dropArrived().isAtEnd
        if !isAtEnd, let failure = try await self.killStatement() {
          // It may still end by itself.
          guard reason == nil, self.configuration.cancellation != .close,
            try await self.dropRest(upTo: Self.drainLimit, for: Self.longestDrain)
          else {
            throw failure
          }
        }
        if reason != nil, let command {
          try self.send(command)
          try await self.dropRestOfKilled()
        }
        self.channel.setTimeLimit(nil)
      } catch {
        self.channel.fail(reason?.closing(because: error) ?? error)
      }
      self.gate.leave()
      lease?.end()
    }
  }

  /// Ends the running statement at the server. Returns the reason if nothing was killed. A KILL that comes too late
  /// hits the next statement, so one that does nothing is sent next.
  private func killStatement() async throws(MySQLError) -> MySQLError? {
    guard configuration.cancellation != .close else { return Self.tooMuchUnread }
    if let failure = try await killer.kill(self) { return failure }
    let end = Deadline.after(Self.killedTime)
    if try await !dropRest(upTo: Self.killedLimit, for: Self.killPatience) {
      // A server may lose a kill: its thread clears it if it has not yet come to the end of the command before.
      _ = try await killer.kill(self, by: end)
      try await dropRestOfKilled(for: end.timeLeft)
    }
    try send(.query(Array("DO 0".utf8)))
    try await dropRestOfKilled()
    return nil
  }

  private func send(_ command: Command) throws(MySQLError) {
    try channel.send { (session) throws(Misuse) in try session.send(command) }
  }

  private func dropRestOfKilled(for time: Nanoseconds = killedTime) async throws(MySQLError) {
    guard try await dropRest(upTo: Self.killedLimit, for: time) else { throw Self.tooMuchUnread }
  }

  /// Reads and drops what is left; returns false if that is too much, or takes too long.
  private func dropRest(upTo limit: Int, for time: Nanoseconds) async throws(MySQLError) -> Bool {
    channel.setTimeLimit(time, for: "the rest of a result that nobody reads")
    var budget = limit
    while true {
      let (isAtEnd, size) = try dropArrived()
      if isAtEnd { return true }
      budget -= size
      if budget <= 0 { return false }
      // What was dropped may have been the end.
      if size > 0 { continue }
      if try await channel.interruptibleArrival() != nil { return false }
    }
  }

  /// Drops what has arrived, and returns its size.
  private func dropArrived() throws(MySQLError) -> (isAtEnd: Bool, size: Int) {
    // Responses that the session has read are in the mailbox by now.
    let owed = channel.withSession { $0.owedResponses }
    var size = 0
    while let event = try channel.take() {
      size += event.size
      try drop(event)
    }
    return (owed == 0, size)
  }

  private static var tooMuchUnread: MySQLError {
    MySQLError(
      .connectionClosed, "a large result was not read to its end, so its connection was closed")
  }

  private func drop(_ event: Event) throws(MySQLError) {
    switch event {
    case .closed(let error): throw MySQLError(closing: error)
    case .localInfile:
      throw MySQLError(.connectionClosed, "a load was given up before it began, so its connection was closed")
    case .ok(let ok), .rowsEnd(let ok): noteChanges(in: ok)
    case .rows(let block): if let end = block.end { noteChanges(in: end) }
    case .prepared(let statement): knowledge.withLock { $0.statements.close(statement.id) }
    default: break
    }
  }
}
