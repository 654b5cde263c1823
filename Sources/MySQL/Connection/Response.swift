import MySQLWire
import Synchronization

/// One command and its response, from entering the connection's gate to leaving it. However the response ends, the gate
/// opens again: if the response is abandoned, the rest of it is drained, or the connection is closed.
final class Response: Sendable {
  let connection: MySQLConnection
  let localInfile: MySQLByteSource?
  let turn: Turn
  /// The lease of a pool's connection, which ends with the response.
  let lease: Lease?
  private let meter: CommandMeter?
  /// Locked for each step, before the connection's knowledge, its channel's link and the mailbox.
  let state: Mutex<State>

  struct State {
    var machine: StatementMachine
    var isComplete = false
    /// Whether something was sent, so that a later error must not say that nothing was.
    var hasSent = false
    /// Whether this command set the channel's deadline.
    var hasDeadline = false
    /// Whether the cache was told to keep the statement until the response is complete.
    var isPinned = false
    /// Whether a transaction was open when a batch began. The session's own status may come from a later response that
    /// was read ahead.
    var wasInTransaction: Bool?
    /// The task that sends a file or parameters that the server waits for.
    var upload: Task<Void, Never>?
    /// The end of a result that came with its last rows.
    var end: OKPacket?
    /// How many rows have arrived in total.
    var rows = 0
    /// Whether results after the first one with rows are dropped.
    var isForOneResult = false
    var isDropping = false
    /// What the server said at the end of the result that the caller reads.
    var result: MySQLResult?
  }

  /// What has arrived.
  enum Arrival {
    case part(ResultPart)
    case nothingYet
    /// The response is complete.
    case end
  }

  /// What opens the gate again.
  enum Turn {
    /// The response, when it is complete.
    case own
    /// The caller, which entered the gate and may have more to send.
    case held
  }

  init(
    _ work: Work, _ name: String, _ connection: MySQLConnection, _ localInfile: MySQLByteSource?,
    _ turn: Turn, _ isObserved: Bool, _ lease: Lease?
  ) {
    self.connection = connection
    self.lease = lease
    self.localInfile = localInfile
    self.turn = turn
    let observation = isObserved ? connection.observation : nil
    // Put together once for the observer.
    let sql = observation == nil ? nil : work.sql
    meter = observation.map {
      CommandMeter($0.observer, name, sql, connectionID: connection.server.connectionID, connection.channel)
    }
    switch work {
    case .command: state = Mutex(State(machine: StatementMachine()))
    case .statement(let statement):
      let attributes = isObserved ? connection.attributes(of: statement, sql) : nil
      state = Mutex(
        State(
          machine: StatementMachine(
            statement, isText: connection.configuration.statementMode == .text, attributes: attributes)))
    }
  }

  deinit {
    if !isComplete { giveUp() }
  }

  var isComplete: Bool { state.withLock { $0.isComplete } }

  /// Returns the next part if it has arrived.
  ///
  /// - Throws: The server's error, or why the connection failed. The response is then complete.
  func arrived() throws(MySQLError) -> Arrival {
    do throws(MySQLError) {
      let arrival = try state.withLock { (state) throws(MySQLError) -> Arrival in
        guard !state.isComplete else { return .end }
        while let event = try nextEvent(&state) {
          let action = try state.machine.receive(consume event)
          if state.machine.hasNote { keepNote(&state) }
          guard let part = try carryOut(consume action, &state) else { continue }
          if state.upload != nil { state.upload.take()?.cancel() }
          if state.isDropping {
            if part.isLast { return .end }
          } else {
            state.note(part)
            return .part(part)
          }
        }
        return .nothingYet
      }
      switch arrival {
      case .end, .part(.done(_, hasMore: false)): complete(nil)
      default: break
      }
      return arrival
    } catch {
      throw failed(error)
    }
  }

  @inline(__always)
  private func nextEvent(_ state: inout State) throws(MySQLError) -> Event? {
    if let end = state.end.take() { return .rowsEnd(end) }
    return try connection.channel.take()
  }

  /// Returns the next part; nil when the response is complete.
  ///
  /// - Throws: As `arrived()` does.
  nonisolated(nonsending) func next() async throws(MySQLError) -> ResultPart? {
    while true {
      switch try arrived() {
      case .part(let part): return part
      case .end: return nil
      case .nothingYet: try await arrival()
      }
    }
  }

  /// Reads and drops all that is left, and returns what the last result said.
  nonisolated(nonsending) func finish() async throws(MySQLError) -> MySQLResult? {
    var last: MySQLResult?
    while let part = try await next() {
      if case .done(let result, _) = part { last = result }
    }
    return last
  }

  /// Reads and drops all that is left, and returns the last result, which every statement has.
  nonisolated(nonsending) func lastResult() async throws(MySQLError) -> MySQLResult {
    guard let result = try await finish() else {
      throw MySQLError(.protocolViolation, "the server's answer had no end", reach: .unknown)
    }
    return result
  }

  /// Hands the rest of the response to the user, to read at any pace. Other commands on the connection fail until then.
  /// - Parameter isForOneResult: Whether results after the first one with rows are read and dropped.
  func handOut(isForOneResult: Bool = false) {
    let isComplete = state.withLock { state in
      state.isForOneResult = isForOneResult
      return state.isComplete
    }
    if !isComplete { connection.gate.setHolder(.unreadRows) }
  }

  /// What the server said at the end of the one result that the caller reads.
  var result: MySQLResult? { state.withLock { $0.result } }

  private func keepNote(_ state: inout State) {
    if let note = state.machine.takeNote() { connection.apply(note, of: state.machine.work) }
  }

  /// Completes the response, and returns the error as the caller gets it.
  func failed(_ error: MySQLError) -> MySQLError {
    state.withLock { keepNote(&$0) }
    if error.kind == .protocolViolation { connection.channel.fail(error) }
    let error = named(error)
    complete(error)
    return error
  }

  func complete(_ error: MySQLError?) {
    guard markComplete(error), turn == .own else { return }
    connection.gate.leave()
    lease?.end()
  }

  /// Marks the response as complete, and ends its measurement. Returns false if it was complete before.
  private func markComplete(_ error: MySQLError?) -> Bool {
    var (unpinned, hasDeadline, rows): (StatementWork?, Bool, Int) = (nil, false, 0)
    let wasComplete = state.withLock { state in
      defer { state.isComplete = true }
      if state.isPinned { unpinned = state.machine.work }
      state.upload.take()?.cancel()
      (hasDeadline, rows) = (state.hasDeadline, state.rows)
      return state.isComplete
    }
    guard !wasComplete else { return false }
    if let unpinned { connection.knowledge.withLock { $0.statements.unpin(unpinned.key) } }
    if hasDeadline { connection.channel.setTimeLimit(nil) }
    meter?.finish(connection.channel, rows: rows, error)
    return true
  }

  /// Abandons the response: nobody will read the rest.
  private func giveUp() {
    connection.endAnswer(sending: abandon(nil), lease: lease)
  }

  /// Completes the response without opening the gate, and returns the command that closes its cursor, if one is open.
  func abandon(_ error: MySQLError?) -> Command? {
    _ = markComplete(error)
    let (closing, unknown, end) = state.withLock { state in
      (state.machine.closeCursor(), state.machine.unknownExecution, state.end)
    }
    if let end { connection.noteChanges(in: end) }
    // The server may define the columns in this unread response, and omit them from then on.
    if let unknown { connection.apply(.lost, of: unknown) }
    return closing
  }
}

extension ResultPart {
  /// Whether nothing follows it.
  fileprivate var isLast: Bool {
    if case .done(_, hasMore: false) = self { true } else { false }
  }
}

extension Response.State {
  /// Notes the end of the one result.
  fileprivate mutating func note(_ part: ResultPart) {
    guard isForOneResult, case .done(let done, let hasMore) = part else { return }
    result = done
    isDropping = hasMore
  }
}
