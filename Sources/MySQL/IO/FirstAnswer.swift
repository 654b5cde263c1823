import Synchronization

/// The first answer that is given to a question. Whoever waits for it is not held up by those who give none.
final class FirstAnswer<Answer: Sendable>: Sendable {
  private typealias Value = Result<Answer, MySQLError>
  private typealias Waiter = UnsafeContinuation<Value, Never>
  private let state = Mutex<(value: Value?, waiter: Waiter?)>((nil, nil))

  func give(_ value: Result<Answer, MySQLError>) {
    let waiter = state.withLock { state -> Waiter? in
      guard state.value == nil else { return nil }
      state.value = value
      return state.waiter.take()
    }
    waiter?.resume(returning: value)
  }

  /// The answer; only one task may wait.
  ///
  /// - Throws: The failure that was given as the answer, or that error if the deadline passes or the task is
  ///   cancelled before there is one.
  func wait(
    by deadline: Deadline, orElse late: MySQLError, whenCancelled cancelled: MySQLError
  ) async throws(MySQLError) -> Answer {
    EventLoop.shared.call(by: deadline) { [weak self] in self?.give(.failure(late)) }
    return try await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: Waiter) in
        let value = state.withLock { state in
          if state.value == nil { state.waiter = waiter }
          return state.value
        }
        if let value { waiter.resume(returning: value) }
      }
    } onCancel: {
      give(.failure(cancelled))
    }.get()
  }
}
