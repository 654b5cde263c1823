import Foundation
import Testing

/// Gives each test its own thread while it runs, out of a few that its kind of test has.
///
/// All tests start at once. The concurrency pool has one thread for each processor. On these, tests that
/// compute for seconds, or wait without letting go of the thread, would hold up everything that has a deadline.
struct OwnThread: SuiteTrait, TestTrait, TestScoping {
  fileprivate let threads: ThreadPool
  var isRecursive: Bool { true }

  /// Skips tests that are not part of the current pass.
  func prepare(for test: Test) async throws {
    switch Pass.current {
    case .busy where threads === ThreadPool.timed, .timed where threads === ThreadPool.busy:
      if !test.isSuite { try Test.cancel("not in this pass") }
    default: break
    }
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }
    let thread = await threads.take()
    defer { threads.putBack(thread) }
    if threads === ThreadPool.timed { await poolIsFree() }
    try await withTaskExecutorPreference(thread) { try await function() }
  }
}

/// Waits until tasks wake up in time, for a few seconds at most. In the first moments of a run they do not,
/// because the testing library starts all of them.
private func poolIsFree() async {
  for _ in 0..<100 {
    let start = ContinuousClock.now
    try? await Task.sleep(for: .milliseconds(5))
    if start.duration(to: .now) < .milliseconds(20) { return }
  }
}

extension Trait where Self == OwnThread {
  /// For tests that keep a processor busy: one for each processor runs at a time.
  static var busy: Self { OwnThread(threads: .busy) }
  /// For tests that wait, for a server or for time to pass: a few run at a time, so that each gets its answers in time.
  static var timed: Self { OwnThread(threads: .timed) }
}

/// Threads that are taken and put back. A test that finds none free waits its turn.
private final class ThreadPool: Sendable {
  static let busy = ThreadPool(count: ProcessInfo.processInfo.activeProcessorCount)
  // Under a sanitizer, some of them also compute for long.
  static let timed = ThreadPool(count: Sanitizer.current == nil ? 4 : 2)

  private struct State {
    var free: [TestThread]
    var waiting: [CheckedContinuation<TestThread, Never>] = []
  }
  private let state: Locked<State>

  init(count: Int) { state = Locked(State(free: (0..<count).map { _ in TestThread() })) }

  func take() async -> TestThread {
    await withCheckedContinuation { continuation in
      let thread = state.withLock { state -> TestThread? in
        if let thread = state.free.popLast() { return thread }
        state.waiting.append(continuation)
        return nil
      }
      if let thread { continuation.resume(returning: thread) }
    }
  }

  func putBack(_ thread: TestThread) {
    let next = state.withLock { state -> CheckedContinuation<TestThread, Never>? in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.free.append(thread)
      return nil
    }
    next?.resume(returning: thread)
  }
}

/// A thread that runs the jobs of the tasks that prefer it.
private final class TestThread: TaskExecutor {
  private let jobs = Locked<[UnownedJob]>([])
  private let wake = DispatchSemaphore(value: 0)

  init() {
    let thread = Thread { [unowned self] in run() }
    thread.stackSize = 8 << 20
    thread.start()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    wake.signal()
  }

  private func run() -> Never {
    while true {
      wake.wait()
      jobs.withLock { $0.removeFirst() }.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}

/// A value behind a lock that the thread sanitizer understands; it does not understand `Mutex`.
final class Locked<Value>: @unchecked Sendable {
  // `value` is used only under the lock.
  private var value: Value
  private let lock = NSLock()

  init(_ value: sending Value) { self.value = value }

  func withLock<R>(_ body: (inout Value) -> R) -> R { lock.withLock { body(&value) } }
}
