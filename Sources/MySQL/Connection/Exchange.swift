import MySQLWire
import Synchronization

/// One command and its answer, from entering the connection's gate to leaving it. Whatever way the answer
/// ends, the gate opens again: if it is given up, what is left of it is drained, or the connection closed.
final class Exchange: Sendable {
  let connection: MySQLConnection
  private let command: MySQLCommand
  private let localInfile: MySQLInfileSource?
  private let deadline: Deadline?
  private let state: Mutex<State>

  private struct State {
    var isComplete = false
    /// Set when the load failed on this side: the server's answer to what it got is no success.
    var loadFailure: MySQLError?
    var rows = 0
    /// Where measuring began, if there is an observer.
    var start: (instant: ContinuousClock.Instant, received: Int, sent: Int)?
  }

  /// A part of an answer.
  enum Part {
    case columns(ColumnList)
    case rows(RowBatch)
    /// The end of a result, with or without rows before it.
    case done(MySQLResult, hasMore: Bool)
  }

  /// How many bytes of events are read and dropped to save a connection whose result was given up, and for
  /// how long: the next command waits meanwhile.
  private static var drainLimit: Int { 1 << 20 }
  private static var drainTime: Duration { .seconds(1) }

  /// Waits for the connection's gate and sends the command. The answer must be complete by the deadline; if
  /// none is given, within the settings' `queryTimeout`.
  static func begin(
    _ command: Command, name: String, statement: String? = nil, on connection: MySQLConnection,
    localInfile: MySQLInfileSource? = nil, by deadline: Deadline? = nil
  ) async throws(MySQLError) -> Exchange {
    try await connection.gate.enter()
    let exchange = Exchange(
      connection,
      MySQLCommand(connectionID: connection.server.connectionID, name: name, statement: statement),
      localInfile, deadline ?? connection.configuration.queryTimeout.map { .after($0) })
    try exchange.send(command)
    return exchange
  }

  private init(
    _ connection: MySQLConnection, _ command: MySQLCommand, _ localInfile: MySQLInfileSource?,
    _ deadline: Deadline?
  ) {
    self.connection = connection
    self.command = command
    self.localInfile = localInfile
    self.deadline = deadline
    var state = State()
    if let observer = connection.observer {
      let traffic = connection.channel.traffic
      state.start = (ContinuousClock().now, traffic.received, traffic.sent)
      observer.commandStarted(command)
    }
    self.state = Mutex(state)
  }

  deinit {
    if !state.withLock({ $0.isComplete }) { giveUp() }
  }

  /// The next part; nil when the answer is complete.
  ///
  /// - Throws: The server's error, or why the connection failed. The exchange is then complete.
  func next() async throws(MySQLError) -> Part? {
    guard !state.withLock({ $0.isComplete }) else { return nil }
    do throws(MySQLError) {
      while true {
        if let part = try part(of: try await connection.channel.next()) { return part }
        if isFileRequested { await sendFile() }
      }
    } catch {
      let error = state.withLock { $0.loadFailure } ?? named(error)
      complete(error)
      throw error
    }
  }

  /// The rest is for the user to read, at whatever pace: other commands on the connection fail until then.
  func handOut() {
    if !state.withLock({ $0.isComplete }) { connection.gate.holdUnreadRows(true) }
  }

  /// Reads and drops all that is left, and answers what the last result said.
  func finish() async throws(MySQLError) -> MySQLResult? {
    var last: MySQLResult?
    while let part = try await next() {
      if case .done(let result, _) = part { last = result }
    }
    return last
  }

  private var isFileRequested: Bool { connection.channel.withSession { $0.isFileRequested } }

  private func part(of event: Event) throws(MySQLError) -> Part? {
    switch event {
    case .columns(let columns):
      return .columns(ColumnList(columns))
    case .rows(let batch):
      state.withLock { $0.rows += batch.count }
      return .rows(batch)
    case .rowsEnd(let ok), .ok(let ok):
      let hasMore = ok.status.contains(.moreResults)
      if let failure = state.withLock({ $0.loadFailure }), !hasMore { throw failure }
      if !hasMore { complete(nil) }
      return .done(MySQLResult(ok), hasMore: hasMore)
    case .failed(let error): throw MySQLError(error, statement: command.statement)
    case .closed(let error): throw MySQLError(closing: error)
    case .progress, .localInfile: return nil
    case .needsInput, .startTLS, .ready, .prepared, .statistics:
      throw MySQLError(.protocolViolation, "an answer to another command arrived", reach: .unknown)
    }
  }

  private func named(_ error: MySQLError) -> MySQLError {
    var error = error
    if error.statement == nil { error.statement = command.statement }
    return error
  }

  private func send(_ command: Command) throws(MySQLError) {
    do throws(MySQLError) {
      if let deadline {
        connection.channel.setDeadline(deadline, for: "the whole answer to a command: \(self.command.name)")
      }
      try send { (session) throws(Misuse) in try session.send(command) }
    } catch {
      let error = named(error)
      complete(error)
      throw error
    }
  }

  private func complete(_ error: MySQLError?) {
    guard markComplete(error) else { return }
    connection.gate.leave()
  }

  /// Ends the measuring. False if the exchange was complete before.
  private func markComplete(_ error: MySQLError?) -> Bool {
    let state = state.withLock { state in
      defer { state.isComplete = true }
      return state
    }
    guard !state.isComplete else { return false }
    if deadline != nil { connection.channel.setDeadline(nil, for: "") }
    if let start = state.start, let observer = connection.observer {
      let traffic = connection.channel.traffic
      observer.commandFinished(
        command,
        MySQLCommandOutcome(
          duration: start.instant.duration(to: ContinuousClock().now), rows: state.rows,
          bytesReceived: traffic.received - start.received, bytesSent: traffic.sent - start.sent, error: error
        ))
    }
    return true
  }

  /// Nobody will read the rest. A little of it is read and dropped, and then the connection is as good as
  /// new; for more, closing is cheaper.
  private func giveUp() {
    _ = markComplete(nil)
    let connection = connection
    connection.gate.holdUnreadRows(false)
    let drainDeadline = Deadline.after(Self.drainTime)
    connection.channel.setDeadline(
      deadline.map { min($0, drainDeadline) } ?? drainDeadline, for: "the rest of a result that nobody reads")
    Task.detached {
      var budget = Self.drainLimit
      do throws(MySQLError) {
        while try await !connection.channel.dropNext(&budget) {}
      } catch {
        connection.channel.fail(error)
      }
      connection.channel.setDeadline(nil, for: "")
      connection.gate.leave()
    }
  }

  /// Sends what the call brought. If it cannot be sent, that is no news here: whoever asks the channel for
  /// the answer next learns why.
  private func sendFile() async {
    do {
      if let failure = state.withLock({ $0.loadFailure }) { throw failure }
      guard let localInfile else {
        throw MySQLError(
          .localInfile,
          "the server asked for a file, and this call brought none: pass it as localInfile: (nothing was sent)",
          reach: .answered)
      }
      let read = try localInfile.makeReader()
      while let piece = try await read(), !piece.isEmpty {
        guard (try? send { (session) throws(Misuse) in try session.sendFile(piece) }) != nil else { return }
        await connection.channel.flushed()
      }
    } catch  where !Task.isCancelled {
      let failure =
        error as? MySQLError
        ?? MySQLError(
          .localInfile, "the source of LOAD DATA LOCAL failed: \(error). What was read before it is loaded.",
          reach: .unknown)
      state.withLock { $0.loadFailure = failure }
    } catch {}
    // Sequences end early when their task is cancelled. The server must not take that for the file's end.
    if Task.isCancelled { return connection.channel.cancel() }
    try? send { (session) throws(Misuse) in try session.endFile() }
  }

  private func send(_ body: (inout Session) throws(Misuse) -> Void) throws(MySQLError) {
    try connection.channel.send(body) { MySQLError($0) }
  }
}

extension Channel {
  /// Drops the next event of an answer that nobody reads, and says whether it was the last.
  fileprivate func dropNext(_ budget: inout Int) async throws(MySQLError) -> Bool {
    let event = try await next()
    budget -= event.size
    guard budget > 0 else {
      throw MySQLError(
        .connectionClosed, "a large result was not read to its end, so its connection was closed")
    }
    switch event {
    case .rowsEnd(let ok), .ok(let ok): return !ok.status.contains(.moreResults)
    case .failed: return true
    case .closed(let error): throw MySQLError(closing: error)
    case .localInfile:
      throw MySQLError(.connectionClosed, "a load was given up before it began, so its connection was closed")
    default: return false
    }
  }
}
