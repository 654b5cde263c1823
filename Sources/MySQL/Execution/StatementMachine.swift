import MySQLWire

/// Decides how a command is carried out and what its responses mean, without any I/O: each event leads to one action.
///
/// - A command that is sent as it is gets results.
/// - A statement that is not prepared yet is prepared first; then it is executed. The execution waits for the response:
///   MariaDB could execute "the statement prepared last" together with the preparation, but if the preparation fails,
///   that may be another statement.
/// - A statement that the server cannot prepare is sent as text, if that certainly means the same.
/// - Parameters that come in pieces are sent before the execution. A batch borrows the prepared statement.
/// - If the server refuses an execution because it has lost the statement, the statement is prepared again, at most
///   twice.
/// - From the first result on, the stage is `answering`, and nothing is repeated.
/// - After the rows of each fetch from a cursor, more are fetched.
struct StatementMachine {
  private(set) var stage: Stage
  /// The statement, if the command is one.
  let work: StatementWork?
  /// Whether values are written into the text.
  private let isText: Bool
  /// The query attributes that are sent with the statement.
  let attributes: StatementWork.Attributes?
  /// Why the source of a file or parameter failed. Then nothing of the response is handed out except this error, at its
  /// end.
  var uploadFailure: MySQLError?
  /// What the connection has to remember; to be taken after each step.
  private var note: Note?
  /// How many more times the statement is prepared again when the server has lost it.
  private var attempts = 2
  /// The columns that are already known, for servers that then omit their definitions.
  private(set) var known: ResultColumns?
  /// The statement whose cursor is open, and the columns of its rows.
  private var cursor: (statement: UInt32, columns: ResultColumns)?

  enum Stage {
    /// The server sends results, and nothing can be repeated any more.
    case answering
    /// The statement is being prepared, and will be executed then.
    case preparing
    /// The statement is prepared, and parameters are being sent ahead of the execution.
    case streaming(statement: UInt32)
    case executing(statement: UInt32)
    /// A batch uses the statement.
    case lent(StatementCache.Statement)
  }

  enum Action {
    /// Send the statement as text.
    case query
    case execute(UInt32)
    indirect case send(Command)
    /// Send the streams, and then do what `actionAfterUpload` says.
    case upload(statement: UInt32)
    /// Send the file that the server asks for.
    case sendFile(name: [UInt8])
    case lend(StatementCache.Statement)
    case rows(RowBlock)
    case deliver(ResultPart)
    case wait
  }

  enum Note {
    case prepared(StatementCache.Statement)
    /// The server does not have the statement any more.
    case lost
    /// The server has defined these columns, and omits them next time.
    case defined(ResultColumns)
    case changed([SessionChange])
  }

  /// Makes a machine for a command that is sent as it is.
  init() {
    stage = .answering
    work = nil
    isText = false
    attributes = nil
  }

  init(_ work: StatementWork, isText: Bool = false, attributes: StatementWork.Attributes? = nil) {
    stage = .answering
    self.work = work
    self.isText = isText && work.isPrepared
    self.attributes = attributes
  }

  /// The statement's own time limit.
  var timeout: Nanoseconds? { work?.options?.timeout }

  var hasNote: Bool { note != nil }

  mutating func takeNote() -> Note? { note.take() }

  /// Begins a statement, using its cached prepared statement if there is one.
  ///
  /// - Throws: Why it cannot be executed.
  mutating func start(_ cached: consuming StatementCache.Statement?) throws(MySQLError) -> Action {
    guard let work else { return .wait }
    try work.checkCount()
    guard work.isPrepared else { return .query }
    if isText { return try sendText(work) }
    guard let cached else {
      stage = .preparing
      return .send(.prepare(Array(work.sql.utf8)))
    }
    return try execute(cached)
  }

  private func sendText(_ work: StatementWork) throws(MySQLError) -> Action {
    .send(.query(try work.textWithLiterals(), attributes: attributes?.list ?? ParameterList()))
  }

  private mutating func execute(_ statement: consuming StatementCache.Statement) throws(MySQLError) -> Action
  {
    guard let work else { throw .unexpectedAnswer }
    if let options = work.options, options.isBatch {
      stage = .lent(statement)
      return .lend(statement)
    }
    try work.check(placeholders: statement.parameters)
    known = statement.columns
    if let options = work.options, !options.streams.isEmpty {
      stage = .streaming(statement: statement.id)
      return .upload(statement: statement.id)
    }
    stage = .executing(statement: statement.id)
    return .execute(statement.id)
  }

  /// Returns what to do after the upload; nil if it did not send parameters. If a stream failed, the part that was sent
  /// must not be executed, nor kept for the next execution.
  mutating func actionAfterUpload() -> Action? {
    guard case .streaming(let statement) = stage else { return nil }
    stage = .executing(statement: statement)
    return uploadFailure == nil ? .execute(statement) : .send(.resetStatement(statement))
  }

  /// - Throws: The server's error, or that the event is not valid at this point.
  mutating func receive(_ event: consuming Event) throws(MySQLError) -> Action {
    if let uploadFailure {
      // Nothing of the load, or of what follows it, is handed out.
      if event.isLastOfAnswer { throw uploadFailure }
      return .wait
    }
    switch consume event {
    case .columns(let columns): return try receive(columns)
    case .rows(let rows): return .rows(rows)
    case .rowsEnd(let ok), .ok(let ok): return try receive(ok)
    case .failed(let error): return try receive(error)
    case .closed(let error): throw MySQLError(closing: error)
    case .prepared(let prepared):
      guard case .preparing = stage else { throw .unexpectedAnswer }
      let statement = StatementCache.Statement(
        id: prepared.id, parameters: prepared.parameters.count, columns: prepared.columns,
        leavesNoTrace: SQLScanner.leavesNoTrace(work?.sql ?? ""))
      note = .prepared(statement)
      return try execute(statement)
    case .localInfile(let name): return .sendFile(name: name)
    case .progress: return .wait
    case .needsInput, .startTLS, .ready, .statistics, .largeRow: throw .unexpectedAnswer
    }
  }

  /// Handles the beginning of a result.
  private mutating func receive(_ columns: ResultColumns) throws(MySQLError) -> Action {
    try beginAnswer { (machine, statement) in
      // For INSERT … RETURNING, MariaDB (10.11) reports only here that there are columns.
      if machine.known !== columns { machine.note = .defined(columns) }
      if machine.work?.options?.fetchSize != nil { machine.cursor = (statement, columns) }
    }
    return .deliver(.columns(columns))
  }

  /// Handles the end of a result.
  private mutating func receive(_ ok: OKPacket) throws(MySQLError) -> Action {
    if ok.hasChanges { note = .changed(ok.changes) }
    try beginAnswer()
    if let cursor {
      if ok.status.contains(.cursorExists), !ok.status.contains(.lastRowSent) {
        let rows = work?.options?.fetchSize ?? 1
        return .send(.fetch(statement: cursor.statement, rows: rows, columns: cursor.columns))
      }
      self.cursor = nil
    }
    return .deliver(.done(MySQLResult(ok), hasMore: ok.status.contains(.moreResults)))
  }

  private mutating func beginAnswer(
    _ body: (inout StatementMachine, UInt32) -> Void = { _, _ in }
  ) throws(MySQLError) {
    switch stage {
    case .answering: break
    case .executing(let statement):
      stage = .answering
      body(&self, statement)
    case .preparing, .streaming, .lent: throw .unexpectedAnswer
    }
  }

  private mutating func receive(_ error: ErrorPacket) throws(MySQLError) -> Action {
    if let work {
      switch stage {
      case .preparing where error.cannotBePrepared:
        stage = .answering
        return try sendText(work)
      case .executing where error.hasLostStatement:
        note = .lost
        guard canPrepareAgain(work, after: error) else { break }
        attempts -= 1
        return try start(nil)
      case .answering where error.hasLostStatement: note = .lost
      default: break
      }
    }
    throw MySQLError(error, statement: work?.sql)
  }

  /// Whether the error certainly refused this execution as a whole, so that it may be repeated: no result has begun,
  /// and no statement inside of it can have failed this way after others took effect.
  private func canPrepareAgain(_ work: StatementWork, after error: ErrorPacket) -> Bool {
    guard attempts > 0, work.options?.streams.isEmpty ?? true else { return false }
    return error.comesFromServer && SQLScanner.runsNoOther(work.sql)
  }

  /// Whether the statement can be abandoned: the command in progress gets one response, and nothing is sent after it.
  var canBeAbandoned: Bool {
    switch stage {
    case .answering, .preparing, .executing: true
    case .streaming, .lent: false
    }
  }

  /// The prepared statement that is being executed, while nothing is known of its response.
  var unknownExecution: StatementWork? {
    if case .executing = stage { work } else { nil }
  }

  /// Returns the command that closes the open cursor; nil if there is none.
  mutating func closeCursor() -> Command? { cursor.take().map { .resetStatement($0.statement) } }

  /// Notes that the columns of a batch's statement have changed.
  mutating func noteLent(_ columns: ResultColumns) {
    guard case .lent(var statement) = stage, statement.columns !== columns else { return }
    statement.columns = columns
    stage = .lent(statement)
    note = .defined(columns)
  }

  /// The statement that a batch uses.
  var lent: StatementCache.Statement? {
    if case .lent(let statement) = stage { statement } else { nil }
  }
}

extension MySQLError {
  /// The error for an unsolicited response. The connection has to be closed.
  static var unexpectedAnswer: MySQLError {
    MySQLError(.protocolViolation, "an answer to another command arrived", reach: .unknown)
  }
}

extension Event {
  var isLastOfAnswer: Bool {
    switch self {
    case .rowsEnd(let ok), .ok(let ok): !ok.status.contains(.moreResults)
    case .rows(let block): block.end.map { !$0.status.contains(.moreResults) } ?? false
    case .failed, .closed, .prepared: true
    default: false
    }
  }
}

extension ErrorPacket {
  /// Whether the server no longer has the statement, or has it in a different form. A procedure's own statements may
  /// fail the same way, after others in it were executed.
  var hasLostStatement: Bool {
    switch MySQLError.Code(rawValue: code) {
    case .mustPrepareAgain, .unknownStatement: true
    // MySQL (9.7.4) prepares a statement again when a table has changed, but still treats a parameter as it was before.
    case .impossibleConversion: message.hasSuffix("parameter") || message.hasSuffix("parameter.")
    default: false
    }
  }

  /// Whether the SQLSTATE is the one that servers use for such errors. Triggers that raise errors by SIGNAL use others.
  fileprivate var comesFromServer: Bool { sqlState == nil || sqlState == "HY000" }

  /// Whether the server cannot prepare such a statement at all, or not with parameters.
  fileprivate var cannotBePrepared: Bool {
    let code = MySQLError.Code(rawValue: self.code)
    // Servers that cannot prepare anything, such as Sphinx (2.2), do not know the command.
    return code == .cannotBePrepared || code == .parametersNotAllowed || code == .unknownCommand
  }
}

extension MySQLError.Code {
  fileprivate static let unknownStatement = Self(rawValue: 1243)
  fileprivate static let impossibleConversion = Self(rawValue: 3988)
  /// MySQL (9.7.4) sends it for parameters outside of SELECT, INSERT, UPDATE and the like.
  fileprivate static let parametersNotAllowed = Self(rawValue: 6413)
}
