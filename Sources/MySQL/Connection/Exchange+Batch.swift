import MySQLWire
import Synchronization

// A batch holds the connection for all its commands, and reads their answers itself.
extension Exchange {
  /// Waits until the statement of a batch is prepared.
  func lentStatement() async throws(MySQLError) -> StatementCache.Statement {
    let isInTransaction = connection.isInTransaction
    state.withLock { $0.isInTransaction = isInTransaction }
    while true {
      if case .lent(let statement) = state.withLock({ $0.run?.stage }) { return statement }
      do throws(MySQLError) {
        guard case .prepared = try await step() else { throw unexpectedAnswer() }
      } catch {
        throw failed(error)
      }
    }
  }

  /// Sends one command, or several that are answered one by one.
  func sendBatch(
    answers: Int, _ body: (inout Session) throws(Misuse) -> Void
  ) throws(MySQLError) {
    do throws(MySQLError) {
      try send(answers: answers, body)
    } catch {
      throw failed(error)
    }
  }

  /// Reads the next answer.
  ///
  /// - Throws: Why the connection failed. The exchange is then complete.
  func batchAnswer(
    _ receive: (RowBatch) -> Void = { _ in }
  ) async throws(MySQLError) -> BatchAnswer {
    do throws(MySQLError) {
      while true {
        switch try await step() {
        case .ok(let ok), .rowsEnd(let ok):
          if ok.changes.count > 0 { try noteAnswer(ok) }
          if !ok.status.contains(.moreResults) { return .done(ok) }
        case .failed(let error):
          forgetStatement(lostBy: error)
          return .failed(named(MySQLError(error, statement: nil)))
        case .columns(let columns): noteLentColumns(columns)
        case .rows(let rows): receive(rows)
        case .progress: continue
        case .closed(let error): throw MySQLError(closing: error)
        default: throw unexpectedAnswer()
        }
      }
    } catch {
      throw failed(error)
    }
  }

  /// The row that the command just refused failed at, counted from 0; nil if the server does not say. It takes
  /// two round trips. MariaDB says it from 10.7, of INSERT and REPLACE.
  func failedRow() async throws(MySQLError) -> Int? {
    let variable = MySQLQuery.quoted(identifier: "swift-mysql")
    let commands = [
      "GET DIAGNOSTICS CONDITION 1 @\(variable) = ROW_NUMBER", "SELECT @\(variable), @\(variable) := NULL",
    ]
    var row: Int?
    for command in commands {
      try sendBatch(answers: 1) { (session) throws(Misuse) in try session.send(.query(Array(command.utf8))) }
      guard case .done = try await batchAnswer({ row = $0.firstInteger }) else { return nil }
    }
    return row.flatMap { $0 > 0 ? $0 - 1 : nil }
  }

  /// Whether nothing more will come.
  var isOver: Bool { state.withLock { $0.isComplete } }

  /// The columns of the statement as the server last defined them.
  var lentColumns: ResultColumns {
    if case .lent(let statement) = state.withLock({ $0.run?.stage }) { return statement.columns }
    return ResultColumns([], format: .binary)
  }

  private func noteLentColumns(_ columns: ResultColumns) {
    guard let run = state.withLock({ $0.run }), case .lent(var statement) = run.stage,
      statement.columns !== columns
    else { return }
    statement.columns = columns
    state.withLock { [statement] in $0.run?.stage = .lent(statement) }
    connection.statements.withLock { $0.update(columns, of: run.key) }
  }

  enum BatchAnswer {
    case done(OKPacket)
    case failed(MySQLError)
  }

  /// Reads an event, and keeps count of the answers.
  private func step() async throws(MySQLError) -> Event {
    var event = try connection.channel.take()
    if event == nil { event = try await connection.channel.next() }
    guard let event else { throw unexpectedAnswer() }
    if event.isLastOfAnswer { state.withLock { $0.owed -= 1 } }
    if case .prepared(let statement) = event { try notePrepared(statement) }
    if case .failed(let error) = event, case .preparing = state.withLock({ $0.run?.stage }) {
      throw MySQLError(error, statement: state.withLock { $0.run?.sql })
    }
    return event
  }
}

extension RowBatch {
  /// The first cell of the first row.
  var firstInteger: Int? {
    var reader = CellReader(range(ofRow: 0), columns)
    let span = bytes.span.bytes
    guard let range = try? reader.next(in: span, columns) else { return nil }
    return (try? columns.decoders[0].int64(span.extracting(range))).flatMap { $0 }.flatMap {
      Int(exactly: $0)
    }
  }
}
