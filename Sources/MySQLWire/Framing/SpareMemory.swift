import Synchronization

/// The memory of a large row that nobody uses any longer, kept for the connection's next large row: the system takes
/// longer to clear new memory than the server to fill it.
///
/// The thread that drops the last reference to a row offers its memory, the event loop takes it, and a task of the
/// connection lets it grow old; the lock is for these three. It is kept while it is used, and at most twice `interval`
/// after that.
package final class SpareMemory: Sendable {
  /// The time between two calls of `age()`.
  package static var interval: Duration { .milliseconds(500) }

  private struct State {
    var bytes: [UInt8]?
    /// Whether memory is accepted, and `age()` is called.
    var isAging = false
    /// Whether memory was offered or taken since the last call of `age()`.
    var isUsed = false
  }
  private let state = Mutex(State())

  /// Notes that a large row has arrived. Returns whether the caller has to begin to call `age()`.
  package func begin() -> Bool {
    state.withLock { state in
      if state.isAging { return false }
      (state.isAging, state.isUsed) = (true, true)
      return true
    }
  }

  /// Releases the memory if it was not used since the last call. Returns whether to call again. Not for an event loop:
  /// the system may take milliseconds to release it.
  package func age() -> Bool {
    let (isAging, released) = state.withLock { state -> (Bool, [UInt8]?) in
      state.isAging = state.isUsed
      state.isUsed = false
      return (state.isAging, state.isAging ? nil : state.bytes.take())
    }
    _ = consume released
    return isAging
  }

  /// Offers the memory of a row that nobody uses. It is kept if there is not already more.
  func offer(_ bytes: [UInt8]) {
    let released = state.withLock { state -> [UInt8]? in
      guard state.isAging, bytes.capacity > state.bytes?.capacity ?? 0 else { return nil }
      defer { (state.bytes, state.isUsed) = (bytes, true) }
      return state.bytes
    }
    _ = consume released
  }

  /// Returns an empty array with room for a row of this size, if there is one and it is at most twice as large.
  func take(_ size: Int) -> [UInt8]? {
    state.withLock { state in
      guard let capacity = state.bytes?.capacity, capacity >= size, capacity / 2 <= size else { return nil }
      state.isUsed = true
      // If someone has a copy after all, it keeps the memory, and the array gets other.
      state.bytes?.removeAll(keepingCapacity: true)
      return state.bytes.take()
    }
  }
}
