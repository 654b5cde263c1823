import Synchronization

/// The threads of one server, which waits for all of them when it stops.
final class ServerThreads: Sendable {
  private let state = Mutex(State())

  private struct State {
    var running: [Int: UInt] = [:]
    /// Threads that have reported that they are about to end.
    var ended: [UInt] = []
    /// Threads that `joinAll` waits for.
    var last: Set<UInt> = []
    var started = 0
    var isOver = false
  }

  /// A function that starts a thread and returns the number by which the thread is known.
  typealias Start = @Sendable (@escaping @Sendable () -> Void) throws(TestServerError) -> UInt

  private let startThread: Start

  init(_ startThread: @escaping Start = Platform.startThread) { self.startThread = startThread }

  /// Whether the calling thread is one of these.
  var haveCurrent: Bool {
    let current = Platform.currentThread
    return state.withLock { $0.running.values.contains(current) || $0.last.contains(current) }
  }

  /// Starts a thread, and waits for those that have ended meanwhile.
  func start(_ body: @escaping @Sendable () -> Void) throws(TestServerError) {
    let ended = try state.withLock { (state) throws(TestServerError) -> [UInt] in
      guard !state.isOver else { throw .stopped }
      let number = state.started
      // `end` runs only after this lock is released, when the thread is known by its number.
      let thread = try startThread {
        body()
        self.end(number)
      }
      state.started += 1
      state.running[number] = thread
      defer { state.ended = [] }
      return state.ended
    }
    for thread in ended { Platform.join(thread) }
  }

  /// Waits until all threads have ended, except for the calling one if it is among them. No more can be started.
  func joinAll() {
    let threads = state.withLock { state in
      state.isOver = true
      defer { (state.running, state.ended) = ([:], []) }
      state.last = Set(state.running.values)
      return state.ended + state.running.values
    }
    for thread in threads {
      if thread == Platform.currentThread { Platform.detach(thread) } else { Platform.join(thread) }
    }
  }

  private func end(_ number: Int) {
    state.withLock { state in
      if let thread = state.running.removeValue(forKey: number) { state.ended.append(thread) }
    }
  }
}
