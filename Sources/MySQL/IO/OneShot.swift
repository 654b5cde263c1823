import Synchronization

/// The first answer that is given to a question. The task that waits for it is not held up by others that never give
/// one.
final class OneShot<Answer: Sendable>: EventHandler {
  private typealias Value = Result<Answer, MySQLError>
  private typealias Waiter = UnsafeContinuation<Void, Never>
  private let state = Mutex(State())
  /// The failure if the deadline passes.
  private let late: MySQLError

  private struct State {
    var answer: (value: Value, moment: Deadline)?
    var waiter: Waiter?
  }

  init(orElse late: MySQLError) { self.late = late }

  func give(_ value: Result<Answer, MySQLError>) {
    let waiter = state.withLock { state -> Waiter? in
      guard state.answer == nil else { return nil }
      state.answer = (value, .now)
      return state.waiter.take()
    }
    waiter?.resume()
  }

  /// Waits for the answer; only one task may. The time between the answer and the moment when the task resumes is not
  /// the fault of whatever gave the answer, and is added to the deadline.
  ///
  /// - Throws: The failure that was given as the answer, or the one for a deadline that passed or a task that was
  ///   cancelled before there was an answer.
  func wait(
    by deadline: inout Deadline, whenCancelled cancelled: MySQLError
  ) async throws(MySQLError) -> Answer {
    EventLoop.shared.wake(self, by: deadline)
    defer { EventLoop.shared.disarm(self) }
    await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: Waiter) in
        let isThere = state.withLock { state in
          if state.answer == nil { state.waiter = waiter }
          return state.answer != nil
        }
        if isThere { waiter.resume() }
      }
    } onCancel: {
      give(.failure(cancelled))
    }
    guard let answer = state.withLock({ $0.answer }) else { throw late }
    deadline.excludeTime(since: answer.moment)
    return try answer.value.get()
  }

  func isReady(_ readiness: Readiness, _ scratch: UnsafeMutableRawBufferPointer) {}

  func alarm() { give(.failure(late)) }
}
