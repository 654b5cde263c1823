import MySQLWire
import Synchronization

// A batch holds the connection for all its commands, and reads their responses itself.
extension Response {
  enum BatchReply {
    case done(OKPacket)
    case failed(MySQLError)
  }

  /// Waits until the statement of a batch is prepared, and returns it.
  nonisolated(nonsending) func lentStatement() async throws(MySQLError) -> StatementCache.Statement {
    let isInTransaction = connection.isInTransaction
    state.withLock { $0.wasInTransaction = isInTransaction }
    while true {
      if let statement = state.withLock({ $0.machine.lent }) { return statement }
      guard case .nothingYet = try arrived() else { throw failed(.unexpectedAnswer) }
      if state.withLock({ $0.machine.lent == nil }) { try await connection.channel.arrival() }
    }
  }

  /// Sends one command, or several that get a response each.
  func sendWithinBatch(_ body: (inout Session) throws(Misuse) -> Void) throws(MySQLError) {
    do throws(MySQLError) {
      try state.withLock { (state) throws(MySQLError) in try send(&state, body) }
    } catch {
      throw failed(error)
    }
  }

  /// Reads the response to the next command.
  ///
  /// - Throws: Why the connection failed. The response is then complete.
  nonisolated(nonsending) func nextReply(
    _ receive: (RowBlock) -> Void = { _ in }
  ) async throws(MySQLError) -> BatchReply {
    do throws(MySQLError) {
      while true {
        switch try await connection.channel.next() {
        case .ok(let ok), .rowsEnd(let ok): if noteEnd(ok) { return .done(ok) }
        case .failed(let error):
          if error.hasLostStatement { connection.apply(.lost, of: state.withLock { $0.machine.work }) }
          return .failed(named(MySQLError(error, statement: nil)))
        case .columns(let columns):
          let (note, work) = state.withLock { state in
            state.machine.noteLent(columns)
            return (state.machine.takeNote(), state.machine.work)
          }
          if let note { connection.apply(note, of: work) }
        case .rows(let rows):
          receive(rows)
          if let end = rows.end, noteEnd(end) { return .done(end) }
        case .progress: continue
        case .closed(let error): throw MySQLError(closing: error)
        default: throw .unexpectedAnswer
        }
      }
    } catch {
      throw failed(error)
    }
  }

  /// Notes what the end of a result says. Returns whether no other result follows.
  private func noteEnd(_ end: OKPacket) -> Bool {
    connection.noteChanges(in: end)
    return !end.status.contains(.moreResults)
  }

  /// Returns the row, counted from 0, at which the command just refused failed; nil if the server does not report it.
  /// This takes two round trips. MariaDB reports it since 10.7, for INSERT and REPLACE.
  nonisolated(nonsending) func failedRow() async throws(MySQLError) -> Int? {
    let variable = MySQLQuery.quoted(identifier: "swift-mysql")
    let commands = [
      "GET DIAGNOSTICS CONDITION 1 @\(variable) = ROW_NUMBER", "SELECT @\(variable), @\(variable) := NULL",
    ]
    var row: Int?
    for command in commands {
      try sendWithinBatch { (session) throws(Misuse) in try session.send(.query(Array(command.utf8))) }
      guard case .done = try await nextReply({ row = $0.firstInteger }) else { return nil }
    }
    return row.flatMap { $0 > 0 ? $0 - 1 : nil }
  }

  /// The columns of the statement as the server last defined them.
  var lentColumns: ResultColumns {
    state.withLock { $0.machine.lent?.columns } ?? ResultColumns([], format: .binary)
  }
}

extension RowBlock {
  /// The first cell of the first row.
  var firstInteger: Int? {
    var reader = CellReader(range(ofRow: 0), columns)
    let bytes = bytes
    let span = bytes.span.bytes
    guard let range = try? reader.next(in: span, columns) else { return nil }
    return (try? columns.decoders[0].int64(span.extracting(range))).flatMap { $0 }.flatMap {
      Int(exactly: $0)
    }
  }
}
