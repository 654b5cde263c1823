import MySQLWire
import Synchronization

/// A transaction that the library has opened: which connection has it, and whether it can still be used.
final class TransactionScope: Sendable {
  let connection: MySQLConnection
  private let state = Mutex(State())

  private struct State {
    var isOver = false
    /// Why the server has undone it.
    var doom: MySQLError?
    /// Why the server may have undone it.
    var doubt: MySQLError?
    var savepoints = 0
  }

  init(_ connection: MySQLConnection) { self.connection = connection }

  /// Checks that a statement would still be part of the transaction.
  ///
  /// - Throws: Why it would not.
  func check() throws(MySQLError) {
    let (isOver, doom) = state.withLock { ($0.isOver, $0.doom) }
    if isOver {
      throw MySQLError(.misuse, "the transaction is over: use it only in the closure that it was given to")
    }
    if let doom { throw doom }
    guard connection.isInTransaction else {
      throw connection.isClosed
        ? connection.channel.closedError
        : MySQLError(
          .misuse,
          "the transaction was committed before its end: a statement in it, such as CREATE, ALTER or COMMIT, commits by "
            + "itself; run it outside of the transaction")
    }
  }

  /// Notes an error that undoes the transaction, or may have undone it.
  func note(_ error: MySQLError) {
    switch error.server?.code {
    case .lockDeadlock: state.withLock { $0.doom = error }
    // With innodb_rollback_on_timeout, for example. The server's next status tells.
    case .lockWaitTimeout, .lockTableFull: state.withLock { $0.doubt = error }
    default: break
    }
  }

  /// Why the server has undone it, if it has.
  var doom: MySQLError? { state.withLock { $0.doom } }

  /// Whether the server may have undone it.
  var isInDoubt: Bool { state.withLock { $0.doubt != nil } }

  /// Does what `check` does, and if the server may have undone the transaction, asks whether it has.
  nonisolated(nonsending) func confirm(_ turn: Response.Turn = .own) async throws(MySQLError) {
    if let doubt = state.withLock({ $0.doubt }) { try await settle(doubt, turn) }
    try check()
  }

  private nonisolated(nonsending) func settle(
    _ doubt: MySQLError, _ turn: Response.Turn
  ) async throws(MySQLError) {
    _ = try await Response.begin(
      .command(.ping), name: "ping", on: connection, turn: turn, isObserved: false
    ).finish()
    let isUndone = !connection.isInTransaction
    state.withLock { state in
      state.doubt = nil
      if isUndone { state.doom = doubt }
    }
  }

  func end() { state.withLock { $0.isOver = true } }

  func nextSavepoint() -> String {
    state.withLock { state in
      state.savepoints += 1
      return "swift_mysql_\(state.savepoints)"
    }
  }

  nonisolated(nonsending) func begin(
    _ work: Work, _ localInfile: MySQLByteSource?
  ) async throws(MySQLError) -> Response {
    // Looked at once more when it is the statement's turn, since the transaction may end while it waits.
    try check()
    return try await connection.begin(work, localInfile, in: self)
  }

  /// Runs a statement of the transaction's own, such as COMMIT.
  nonisolated(nonsending) func run(
    _ sql: String, timeout: Nanoseconds? = nil
  ) async throws(MySQLError) {
    let options = StatementWork.Options(timeout: timeout, leavesNoTrace: true)
    let work = Work.statement(StatementWork(sql, isPrepared: false, ParameterList(), options))
    _ = try await connection.begin(work).lastResult()
  }

  /// Undoes what was done, even for a task that was cancelled. If that fails, the connection is closed, which undoes
  /// everything.
  ///
  /// - Throws: The error, with the reason why undoing failed.
  func undo(_ sql: String, because error: any Error) async throws {
    do throws(MySQLError) {
      try await Shield.run { () throws(MySQLError) in try await self.run(sql, timeout: Shield.time) }
    } catch let failure {
      connection.channel.fail(
        MySQLError(.connectionClosed, "a rollback failed, so the connection was closed", reach: .unknown))
      guard var error = error as? MySQLError else { return }
      error.rollbackFailure = failure
      throw error
    }
  }

  /// Commits. A task that is cancelled meanwhile waits a while longer for the response.
  func commit() async throws(MySQLError) {
    do throws(MySQLError) {
      try await Shield.run { () throws(MySQLError) in try await self.run("COMMIT") }
    } catch {
      var error = error
      if error.reach == .unknown {
        error.kind = .commitUnknown
        error.message =
          "the answer to COMMIT was lost: the transaction may have been committed or not (\(error.message))"
      }
      throw error
    }
  }
}
