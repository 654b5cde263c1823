import Synchronization

/// Lets one command at a time onto a connection; others wait their turn. A result whose rows are unread
/// keeps the gate shut, and a command behind it fails at once: waiting would never end if both are one
/// task's.
final class CommandGate: Sendable {
  private let state = Mutex(State())

  private struct State {
    var holder = Holder.nobody
    var waiters: [(id: UInt64, continuation: UnsafeContinuation<Bool, Never>)] = []
    var nextID: UInt64 = 0
  }

  enum Holder {
    case nobody
    case command
    /// Rows are with the user, who has not read them to their end.
    case unreadRows
    /// Rows that were given up are being read and dropped.
    case drain
  }

  /// Waits until it is this command's turn.
  func waitForTurn() async throws(MySQLError) {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    let entered = await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in wait(continuation, id) }
    } onCancel: {
      let continuation = state.withLock { state in
        state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0).continuation }
      }
      continuation?.resume(returning: false)
    }
    guard entered else {
      throw MySQLError(.cancelled, "the task was cancelled while it waited for its turn on the connection")
    }
  }

  /// The next command may enter.
  func leave() {
    let next = state.withLock { state -> UnsafeContinuation<Bool, Never>? in
      guard !state.waiters.isEmpty else {
        state.holder = .nobody
        return nil
      }
      state.holder = .command
      return state.waiters.removeFirst().continuation
    }
    next?.resume(returning: true)
  }

  /// What the holder is from now on.
  func become(_ holder: Holder) {
    state.withLock { $0.holder = holder }
  }

  /// Waits until a result that was given up is drained, before all others. True if there was one, and the
  /// gate is the caller's now.
  func enterBehindDrain() async -> Bool {
    await withUnsafeContinuation { continuation in
      let mustWait = state.withLock { state in
        guard state.holder == .drain else { return false }
        state.waiters.insert((0, continuation), at: 0)
        return true
      }
      if !mustWait { continuation.resume(returning: false) }
    }
  }

  /// Enters if nobody is there; false if the command must wait for its turn.
  func enterNow() throws(MySQLError) -> Bool {
    let holder = state.withLock { state in
      defer { if state.holder == .nobody { state.holder = .command } }
      return state.holder
    }
    if holder == .unreadRows {
      throw MySQLError(
        .misuse,
        "the rows of an earlier query on this connection are unread: read them to the end, drop them, or use "
          + "another connection")
    }
    return holder == .nobody
  }

  private func wait(_ continuation: UnsafeContinuation<Bool, Never>, _ id: UInt64) {
    let entered = state.withLock { state -> Bool? in
      if state.holder == .nobody {
        state.holder = .command
        return true
      }
      // Cancelled before it could wait: the handler has run and found nothing to remove.
      if Task.isCancelled { return false }
      state.waiters.append((id, continuation))
      return nil
    }
    if let entered { continuation.resume(returning: entered) }
  }
}
