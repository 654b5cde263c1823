import Synchronization

/// Lets one command at a time use a connection; others wait their turn. A result with unread rows keeps the gate shut,
/// and a command issued meanwhile fails at once: if one task owns both, it would wait forever. A command that was
/// already waiting when the rows were handed out gets a while longer, since another task may be about to read them.
final class CommandGate: Sendable {
  private let state = Mutex(State())
  private let patience: Duration

  /// - Parameter patience: How long a command that is already waiting may wait for unread rows.
  init(patience: Duration = .seconds(2)) { self.patience = patience }

  private struct State {
    var holder = Holder.nobody
    var waiters: [(id: UInt64, continuation: Waiter)] = []
    var nextID: UInt64 = 0
    /// Counts the results that were handed out.
    var results: UInt64 = 0
    /// Whether a timer is set that will check for commands waiting for unread rows.
    var isWatched = false
  }

  private typealias Waiter = UnsafeContinuation<Outcome, Never>

  /// How waiting ends.
  private enum Outcome {
    case entered
    case cancelled
    /// The rows of an earlier command stayed unread.
    case blocked
    case late
  }

  enum Holder {
    case nobody
    case command
    /// The user holds rows that have not been read to the end.
    case unreadRows
    /// The library itself is using the connection, briefly: it drops abandoned rows, or makes the session ready.
    case upkeep
  }

  /// How many commands wait for their turn.
  var waiterCount: Int { state.withLock { $0.waiters.count } }

  /// Enters once it is this command's turn.
  ///
  /// - Parameter limit: How long to wait at most; nil for as long as it takes.
  nonisolated(nonsending) func enter(within limit: Nanoseconds? = nil) async throws(MySQLError) {
    guard try !enterNow() else { return }
    guard !SourceUse.isReading(holding: self) else { throw Self.heldForSource }
    try await waitForTurn(limit)
  }

  /// Waits until it is this command's turn.
  private nonisolated(nonsending) func waitForTurn(_ limit: Nanoseconds?) async throws(MySQLError) {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    let outcome = await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        wait(continuation, id)
        if let limit { EventLoop.shared.call(by: .after(limit)) { [weak self] in self?.giveUp(id, .late) } }
      }
    } onCancel: {
      giveUp(id, .cancelled)
    }
    switch outcome {
    case .entered: break
    case .cancelled:
      throw MySQLError(.cancelled, "the task was cancelled while it waited for its turn on the connection")
    case .blocked: throw Self.unreadRows
    case .late:
      throw MySQLError(
        .timeout, "the time limit passed while the statement waited for its turn on the connection")
    }
  }

  /// Ends a waiter's wait, unless it has already ended.
  private func giveUp(_ id: UInt64, _ outcome: Outcome) {
    let continuation = state.withLock { state in
      state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0).continuation }
    }
    continuation?.resume(returning: outcome)
  }

  /// Lets the next command enter.
  func leave() {
    let next = state.withLock { state -> Waiter? in
      guard !state.waiters.isEmpty else {
        state.holder = .nobody
        return nil
      }
      state.holder = .command
      return state.waiters.removeFirst().continuation
    }
    next?.resume(returning: .entered)
  }

  /// Changes what holds the gate. Commands that wait for unread rows fail once `patience` has passed.
  func setHolder(_ holder: Holder) {
    let mustWatch = state.withLock { state in
      state.holder = holder
      if holder == .unreadRows { state.results += 1 }
      guard holder == .unreadRows, !state.waiters.isEmpty, !state.isWatched else { return false }
      state.isWatched = true
      return true
    }
    if mustWatch { watch() }
  }

  /// Fails the commands that have waited too long for unread rows.
  private func watch() {
    let result = state.withLock { $0.results }
    EventLoop.shared.call(by: .after(patience)) { [weak self] in
      guard let self else { return }
      let waiters = state.withLock { state -> [Waiter]? in
        state.isWatched = state.holder == .unreadRows && state.results != result && !state.waiters.isEmpty
        if state.isWatched { return nil }
        guard state.holder == .unreadRows else { return [] }
        defer { state.waiters = [] }
        return state.waiters.map(\.continuation)
      }
      guard let waiters else { return watch() }
      for waiter in waiters { waiter.resume(returning: .blocked) }
    }
  }

  private static var unreadRows: MySQLError {
    MySQLError(
      .misuse,
      "the rows of an earlier query on this connection are unread: read them to the end, drop them, or use "
        + "another connection")
  }

  private static var heldForSource: MySQLError {
    MySQLError(
      .misuse,
      "the statement that holds this connection waits for this source: a source of rows or bytes must use another "
        + "connection")
  }

  /// Waits, ahead of all other waiters, until the library itself has finished with the connection. Returns whether it
  /// was using it; if so, the caller now holds the gate.
  func enterAfterUpkeep() async -> Bool {
    let outcome = await withUnsafeContinuation { (continuation: Waiter) in
      let mustWait = state.withLock { state in
        guard state.holder == .upkeep else { return false }
        state.waiters.insert((0, continuation), at: 0)
        return true
      }
      if !mustWait { continuation.resume(returning: .cancelled) }
    }
    return outcome == .entered
  }

  /// The outcome of an attempt to enter.
  enum Trial {
    case entered
    /// The library itself is using the connection.
    case upkeep
    /// A command is in progress, or rows are unread.
    case inUse
  }

  /// Enters if the gate is free.
  func tryEnter() -> Trial {
    state.withLock { state in
      switch state.holder {
      case .nobody:
        state.holder = .command
        return .entered
      case .upkeep: return .upkeep
      case .command, .unreadRows: return .inUse
      }
    }
  }

  /// Enters if the gate is free; returns false if the command must wait for its turn.
  func enterNow() throws(MySQLError) -> Bool {
    let holder = state.withLock { state in
      defer { if state.holder == .nobody { state.holder = .command } }
      return state.holder
    }
    if holder == .unreadRows { throw Self.unreadRows }
    return holder == .nobody
  }

  private func wait(_ continuation: Waiter, _ id: UInt64) {
    let outcome = state.withLock { state -> Outcome? in
      if state.holder == .nobody {
        state.holder = .command
        return .entered
      }
      // The rows were handed out after `enterNow` found that the command must wait.
      if state.holder == .unreadRows { return .blocked }
      // Cancelled before it could wait: the handler has run and found nothing to remove.
      if Task.isCancelled { return .cancelled }
      state.waiters.append((id, continuation))
      return nil
    }
    if let outcome { continuation.resume(returning: outcome) }
  }
}
