import Synchronization

extension MySQLConnection {
  /// Runs a closure in a transaction: commits when it returns, and rolls back when it throws or the task is cancelled.
  /// A call inside another one on the same connection uses a savepoint; the parameters do not apply to it.
  ///
  /// ```swift
  /// try await connection.withTransaction(retries: 3) { transaction in
  ///   try await transaction.execute("UPDATE accounts SET balance = balance - \(amount) WHERE id = \(from)")
  ///   try await transaction.execute("UPDATE accounts SET balance = balance + \(amount) WHERE id = \(to)")
  /// }
  /// ```
  ///
  /// It takes two round trips more than its statements, and one more for an isolation level. No other task should use
  /// the connection meanwhile: its statements would be part of the transaction.
  ///
  /// - Parameters:
  ///   - isolation: What the transaction sees of other transactions; nil for the session's own setting.
  ///   - readOnly: Whether it only reads, which the server then enforces.
  ///   - retries: How often the whole closure is run again after an error whose `retry` is `transaction`: a deadlock
  ///     (1213), or a lock wait that timed out (1205). Before each repetition the transaction is rolled back, and a
  ///     short random time passes. The closure must be safe to run twice.
  /// - Throws: What the closure throws; a failed rollback is in that error's `rollbackFailure`, and the connection is
  ///   then closed. A `MySQLError` of the kind `commitUnknown` if the response to COMMIT was lost, which is never
  ///   retried; of the kind `misuse` if a statement has committed the transaction early, or if a transaction was
  ///   already open that this call did not begin.
  @discardableResult
  public nonisolated(nonsending) func withTransaction<R>(
    isolation: MySQLTransaction.Isolation? = nil, readOnly: Bool = false, retries: Int = 0,
    _ body: nonisolated(nonsending) (MySQLTransaction) async throws -> sending R
  ) async throws -> sending R {
    if let outer = knowledge.withLock({ $0.transaction }) { return try await outer.nested(body) }
    var repetition = Repetition(retries)
    while true {
      do {
        return try await run(in: beginTransaction(isolation, readOnly: readOnly), body)
      } catch {
        guard !isClosed, try await repetition.mayGoOn(after: error) else { throw error }
      }
    }
  }

  /// Begins a transaction.
  nonisolated(nonsending) func beginTransaction(
    _ isolation: MySQLTransaction.Isolation?, readOnly: Bool
  ) async throws -> TransactionScope {
    guard !isInTransaction else {
      throw MySQLError(
        .misuse, "a transaction that withTransaction did not begin is already open on this connection")
    }
    let scope = TransactionScope(self)
    try await scope.start(isolation, readOnly: readOnly)
    return scope
  }

  /// Runs the closure in a transaction that was begun for it, and ends the transaction.
  nonisolated(nonsending) func run<R>(
    in scope: TransactionScope, _ body: nonisolated(nonsending) (MySQLTransaction) async throws -> sending R
  ) async throws -> sending R {
    knowledge.withLock { $0.transaction = scope }
    defer { knowledge.withLock { $0.transaction = nil } }
    do {
      let result = try await body(MySQLTransaction(scope))
      try await scope.confirm()
      if Task.isCancelled {
        throw MySQLError(.cancelled, "the task was cancelled before its transaction was committed")
      }
      scope.end()
      try await scope.commit()
      return result
    } catch {
      scope.end()
      // Nothing may follow a COMMIT whose response is missing. Closing a connection undoes everything.
      if (error as? MySQLError)?.kind == .commitUnknown {
        channel.fail(MySQLError(.connectionClosed, "the answer to COMMIT was lost", reach: .unknown))
      } else if !isClosed, isInTransaction {
        try await scope.undo("ROLLBACK", because: error)
      }
      throw error
    }
  }
}

extension TransactionScope {
  /// Begins the transaction. If that fails, nothing is left of it: neither an open transaction nor an isolation level
  /// for the next one.
  fileprivate nonisolated(nonsending) func start(
    _ isolation: MySQLTransaction.Isolation?, readOnly: Bool
  ) async throws {
    var mayHaveBegun = false
    do throws(MySQLError) {
      if let isolation {
        try await run("SET TRANSACTION ISOLATION LEVEL \(isolation.sql)")
        mayHaveBegun = true
      }
      try await run(readOnly ? "START TRANSACTION READ ONLY" : "START TRANSACTION")
    } catch {
      mayHaveBegun = mayHaveBegun || error.reach != .notSent
      // ROLLBACK drops the level too.
      if mayHaveBegun, !connection.isClosed { try await undo("ROLLBACK", because: error) }
      throw error
    }
  }
}

/// How often a transaction is run again, and after what delay.
struct Repetition {
  private var left: Int
  private var waited: Nanoseconds = 5_000_000

  init(_ count: Int) { left = count }

  /// Waits for the delay, and returns whether the transaction may be run again. Each delay is longer, up to 200 ms.
  mutating func mayGoOn(after error: any Error) async throws -> Bool {
    guard left > 0, let error = error as? MySQLError, error.retry == .transaction,
      error.rollbackFailure == nil
    else { return false }
    left -= 1
    do {
      try await Task.sleep(for: .nanoseconds(Nanoseconds.random(in: waited / 2...waited)))
    } catch {
      throw MySQLError(.cancelled, "the task was cancelled before its transaction was run again")
    }
    waited = min(2 * waited, 200_000_000)
    return true
  }
}
