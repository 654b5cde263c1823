import MySQLWire
import Synchronization

/// One command and its answer, from entering the connection's gate to leaving it. Whatever way the answer
/// ends, the gate opens again: if it is given up, what is left of it is drained, or the connection closed.
final class Exchange: Sendable {
  let connection: MySQLConnection
  private let command: MySQLCommand
  let localInfile: MySQLInfileSource?
  private let turn: Turn
  let state: Mutex<State>

  struct State {
    var isComplete = false
    /// How many answers the server still owes.
    var owed = 0
    /// Whether something was sent, so that of what fails later it cannot be said that nothing was.
    var hasSent = false
    var run: StatementRun?
    /// Set when the load failed on this side: the server's answer to what it got is no success.
    var loadFailure: MySQLError?
    var rows = 0
    /// The name of the file that the server has asked for, and waits for.
    var wantedFile: [UInt8]?
    /// Whether somebody waits for the next part.
    var isReading = false
    /// Whether this exchange set the channel's deadline.
    var hasDeadline = false
    /// Whether a transaction was open when a batch began. Later answers may be read ahead.
    var isInTransaction: Bool?
    /// Where measuring began, if there is an observer.
    var start: (instant: ContinuousClock.Instant, received: Int, sent: Int)?
  }

  /// What an exchange is for.
  enum Work {
    case command(Command)
    case statement(StatementRequest)
  }

  /// A part of an answer.
  enum Part {
    case columns(ColumnList)
    case rows(RowBatch)
    /// The end of a result, with or without rows before it.
    case done(MySQLResult, hasMore: Bool)
  }

  /// Who opens the gate again.
  enum Turn {
    /// The exchange, when it is complete.
    case own
    /// The caller, who entered, and may have more to send.
    case held
  }

  /// How many bytes of rows are read and dropped, and for how long, to save a connection whose result was
  /// given up.
  private static var drainLimit: Int { 1 << 20 }
  private static var drainTime: Duration { .seconds(2) }

  /// Waits for the connection's gate, if it is to, and sends the command, or what begins the statement.
  static func begin(
    _ work: Work, name: String, statement: String? = nil, on connection: MySQLConnection,
    localInfile: MySQLInfileSource? = nil, turn: Turn = .own, isObserved: Bool = true
  ) async throws(MySQLError) -> Exchange {
    if turn == .own { try await connection.gate.enter() }
    do throws(MySQLError) {
      try await connection.makeReady(for: work)
    } catch {
      if turn == .own { connection.gate.leave() }
      throw error
    }
    guard !Task.isCancelled else {
      if turn == .own { connection.gate.leave() }
      throw MySQLError(.cancelled, "the task was cancelled before its command was sent")
    }
    let exchange = Exchange(
      connection,
      MySQLCommand(connectionID: connection.server.connectionID, name: name, statement: statement),
      localInfile, turn, isObserved ? connection.observer : nil)
    try exchange.start(work)
    return exchange
  }

  private init(
    _ connection: MySQLConnection, _ command: MySQLCommand, _ localInfile: MySQLInfileSource?, _ turn: Turn,
    _ observer: (any MySQLObserver)?
  ) {
    self.turn = turn
    self.connection = connection
    self.command = command
    self.localInfile = localInfile
    var state = State()
    if let observer {
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
    guard try beginReading() else { return nil }
    defer { state.withLock { $0.isReading = false } }
    // What brings the data of this answer: a file, or parameters.
    var source: Task<Void, Never>?
    defer { source?.cancel() }
    do throws(MySQLError) {
      while true {
        if let name = takeFileRequest() { source = startSendingFile(name) }
        if let task = startSendingStreams() { source = task }
        if let part = try part(of: try await connection.channel.next()) { return part }
      }
    } catch {
      throw failed(error)
    }
  }

  /// The next part if it has arrived.
  ///
  /// - Throws: As `next()` does.
  func arrived() throws(MySQLError) -> Part? {
    guard try beginReading() else { return nil }
    defer { state.withLock { $0.isReading = false } }
    do throws(MySQLError) {
      while let event = try connection.channel.take() {
        if let part = try part(of: event) { return part }
      }
      return nil
    } catch {
      throw failed(error)
    }
  }

  /// Completes the exchange, and answers the error with the statement's text.
  func failed(_ error: MySQLError) -> MySQLError {
    complete(error)
    return named(error)
  }

  /// The rest is for the user to read, at whatever pace: other commands on the connection fail until then.
  func handOut() {
    if !state.withLock({ $0.isComplete }) { connection.gate.become(.unreadRows) }
  }

  /// Reads and drops all that is left, and answers what the last result said.
  func finish() async throws(MySQLError) -> MySQLResult? {
    var last: MySQLResult?
    while let part = try await next() {
      if case .done(let result, _) = part { last = result }
    }
    return last
  }

  /// False if there is nothing more to read.
  private func beginReading() throws(MySQLError) -> Bool {
    let (isComplete, isReading) = state.withLock { state in
      defer { state.isReading = true }
      return (state.isComplete, state.isReading)
    }
    guard !isReading else {
      throw MySQLError(
        .misuse, "another task is reading this result: let one read, and hand out what it reads")
    }
    if isComplete { state.withLock { $0.isReading = false } }
    return !isComplete
  }

  /// Why a load failed on this side. The answer then ends with this error.
  var loadFailure: MySQLError? {
    get { state.withLock { $0.loadFailure } }
    set { state.withLock { $0.loadFailure = newValue } }
  }

  private func takeFileRequest() -> [UInt8]? {
    state.withLock { state in
      defer { state.wantedFile = nil }
      return state.wantedFile
    }
  }

  private func part(of event: Event) throws(MySQLError) -> Part? {
    if case .localInfile(let name) = event { state.withLock { $0.wantedFile = name } }
    if let loadFailure {
      // Of the load, and of what follows it, nothing is given out.
      guard event.isLastOfAnswer else { return nil }
      throw loadFailure
    }
    if event.isLastOfAnswer { state.withLock { $0.owed -= 1 } }
    switch event {
    case .columns(let columns):
      try noteColumns(columns)
      return .columns(ColumnList(columns))
    case .rows(let batch):
      state.withLock { $0.rows += batch.count }
      return .rows(batch)
    case .rowsEnd(let ok), .ok(let ok):
      try noteAnswer(ok)
      if try fetchMore(ok) { return nil }
      let hasMore = ok.status.contains(.moreResults)
      if !hasMore { complete(nil) }
      return .done(MySQLResult(ok), hasMore: hasMore)
    case .failed(let error):
      guard let failure = try failure(error) else { return nil }
      throw MySQLError(failure, statement: command.statement)
    case .closed(let error): throw MySQLError(closing: error)
    case .prepared(let statement):
      try notePrepared(statement)
      return nil
    case .progress, .localInfile: return nil
    case .needsInput, .startTLS, .ready, .statistics, .largeRow: throw unexpectedAnswer()
    }
  }

  /// Closes the connection over an answer that nobody asked for.
  func unexpectedAnswer() -> MySQLError {
    let error = MySQLError(.protocolViolation, "an answer to another command arrived", reach: .unknown)
    connection.channel.fail(error)
    return error
  }

  /// The error with the statement that failed, and what may be made again.
  func named(_ error: MySQLError) -> MySQLError {
    var error = error
    if error.statement == nil { error.statement = command.statement }
    if error.kind == .connectionClosed, state.withLock({ $0.hasSent }) {
      error.reach = .unknown
      // The task was cancelled between two commands of the exchange, and that is what closed the connection.
      if Task.isCancelled, let failure = connection.channel.failure, failure.kind == .cancelled {
        error.kind = .cancelled
        error.message = failure.message
      }
    }
    error.extent = extent(of: error)
    return error
  }

  /// What may be made again if nothing of the call was carried out, or the server undid it.
  private func extent(of error: MySQLError) -> MySQLError.Retry {
    // An error's packet does not say whether a transaction is open: what counts is the answer before it.
    let isInTransaction = state.withLock { $0.isInTransaction } ?? connection.isInTransaction
    guard error.kind == .server else { return isInTransaction ? .transaction : .statement }
    guard let sql = command.statement else { return .never }
    // In a cluster the COMMIT is what finds the deadlock.
    if SQLScanner.firstWord(of: sql) == "commit" { return .transaction }
    let isOne =
      SQLScanner.runsNoOther(sql) && !(connection.configuration.multiStatements && sql.contains(";"))
    return !isOne ? .never : isInTransaction ? .transaction : .statement
  }

  private func start(_ work: Work) throws(MySQLError) {
    do throws(MySQLError) {
      switch work {
      case .command(let command):
        forgetStatements(endedBy: command)
        try send { (session) throws(Misuse) in try session.send(command) }
      case .statement(let request):
        state.withLock { $0.run = StatementRun(request) }
        try startStatement()
      }
    } catch {
      throw failed(error)
    }
  }

  /// Sends commands, for which the server owes so many answers.
  func send(
    answers: Int = 1, _ body: (inout Session) throws(Misuse) -> Void
  ) throws(MySQLError) {
    // While connecting there is one already, which covers all that is sent.
    if let timeout = connection.configuration.queryTimeout, !connection.channel.isLimited {
      state.withLock { $0.hasDeadline = true }
      connection.channel.allow(timeout, for: "the answer to a command (query-timeout)")
    }
    let closing = connection.statements.withLock { $0.takeClosing() }
    try connection.channel.send { (session) throws(Misuse) in
      for statement in closing { try session.send(.closeStatement(statement)) }
      try body(&session)
    } orElse: {
      MySQLError($0)
    }
    state.withLock { state in
      state.owed += answers
      state.hasSent = true
    }
  }

  func complete(_ error: MySQLError?) {
    if markComplete(error.map { named($0) }), turn == .own { connection.gate.leave() }
  }

  /// Ends the measuring. False if the exchange was complete before.
  private func markComplete(_ error: MySQLError?) -> Bool {
    let state = state.withLock { state in
      defer { state.isComplete = true }
      return state
    }
    guard !state.isComplete else { return false }
    if let run = state.run, run.isPinned { connection.statements.withLock { $0.unpin(run.key) } }
    if state.hasDeadline { connection.channel.allow(nil) }
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
    let isCursorClosing = closeCursor()
    var owed = state.withLock { $0.owed } + (isCursorClosing ? 1 : 0)
    connection.gate.become(.drain)
    connection.channel.allow(Self.drainTime, for: "the rest of a result that nobody reads")
    Task.detached {
      var budget = Self.drainLimit
      do throws(MySQLError) {
        while owed > 0 {
          if try await connection.channel.dropNext(&budget) { owed -= 1 }
        }
        connection.channel.allow(nil)
      } catch {
        connection.channel.fail(error)
      }
      connection.gate.leave()
    }
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
    case .closed(let error): throw MySQLError(closing: error)
    case .localInfile:
      throw MySQLError(.connectionClosed, "a load was given up before it began, so its connection was closed")
    default: return event.isLastOfAnswer
    }
  }
}

extension Event {
  var isLastOfAnswer: Bool {
    switch self {
    case .rowsEnd(let ok), .ok(let ok): !ok.status.contains(.moreResults)
    case .failed, .closed, .prepared: true
    default: false
    }
  }
}
