import Synchronization

extension Response {
  /// Waits until something has arrived. May return before that, and is then to be called again. If the task is cancelled
  /// or the time is up first, the response is complete: where possible, the statement is ended at the server and the
  /// connection is spared; otherwise the connection is closed.
  ///
  /// - Throws: Why the wait ended, or that another task is already waiting.
  @inline(__always)
  nonisolated(nonsending) func arrival() async throws(MySQLError) {
    guard let reason = try await connection.channel.interruptibleArrival() else { return }
    throw await interrupted(reason)
  }

  /// Does the same for a command that was sent just now.
  @inline(__always)
  nonisolated(nonsending) func firstArrival() async throws(MySQLError) {
    guard let reason = try await connection.channel.interruptibleArrival(isFirst: true) else { return }
    throw await interrupted(reason)
  }

  /// Completes the response of a wait that has been interrupted, and returns the error as the caller gets it.
  private nonisolated(nonsending) func interrupted(_ reason: MySQLError) async -> MySQLError {
    guard canBeSpared else {
      connection.channel.fail(reason.closing)
      return failed(reason.closing)
    }
    var error = named(reason)
    error.message += "; the server is told to end the statement"
    let closing = abandon(error)
    let end = connection.endAnswer(because: error, sending: closing, lease: lease)
    if connection.configuration.cancellation == .wait { await end.value }
    return error
  }

  /// Whether the statement can be ended and the connection used again. This excludes a statement that is only half
  /// sent, and one that may be waiting for a file.
  private var canBeSpared: Bool {
    guard connection.configuration.cancellation != .close, connection.isEstablished, turn == .own,
      connection.channel.isFlushed
    else { return false }
    return state.withLock { $0.upload == nil && !$0.isComplete && $0.machine.canBeAbandoned }
  }
}
