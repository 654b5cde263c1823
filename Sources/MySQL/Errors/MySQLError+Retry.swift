extension MySQLError {
  /// What may be repeated after an error without doing anything twice.
  public enum Retry: Sendable, Hashable {
    /// The call that failed; on another connection if this one is closed. Nothing of it was carried out, or the
    /// server undid all of it.
    case statement
    /// The whole transaction, from its beginning. The call alone would be carried out without what the
    /// transaction did before it. If the connection is open, roll back first.
    case transaction
    /// Nothing: a part may have been carried out, or the same call would only fail again.
    case never
  }

  /// What may be repeated. The server undoes changes only in tables that have transactions; for others, this
  /// value promises nothing.
  ///
  /// - A deadlock (1213) or a lock wait that timed out (1205): the call, if it was one query or change of
  ///   rows outside a transaction; the transaction, if it was one inside. Never a CALL or several statements,
  ///   which may have committed a part.
  /// - A batch that failed for these reasons: the call if no row was executed. Inside a transaction, the
  ///   transaction, unless rows after the failed one were executed: they were no longer part of it.
  /// - A connection that could not be made, or was lost before any command was sent, and a server or account
  ///   that has too many connections: the call.
  /// - A server, of several that a client has, that refused because it only reads now, or is not ready: the call or the
  ///   transaction, which another server gets.
  /// - A connection that was found closed when the call began: the call, or the transaction that was open on it.
  public var retry: Retry {
    switch kind {
    case .connectionRefused, .timeout, .connectionLost: reach == .notSent ? .statement : .never
    case .connectionClosed: reach == .notSent ? extent : .never
    case .server:
      switch server?.code {
      case .tooManyConnections, .tooManyUserConnections, .userLimitReached, .serverShutdown:
        reach == .notSent ? .statement : .never
      case .lockDeadlock, .lockWaitTimeout: retryOfUndoneCall
      default: isServersState ? retryOfUndoneCall : .never
      }
    default: .never
    }
  }

  /// Whether this call may be repeated without doing anything twice: whether `retry` is `statement`.
  public var isRetryable: Bool { retry == .statement }

  private var retryOfUndoneCall: Retry {
    guard let batch else { return extent }
    return switch extent {
    case .statement: batch.completedRows.isEmpty ? .statement : .never
    case .transaction: batch.hasCompletedAfterFailure ? .never : .transaction
    case .never: .never
    }
  }
}
