import Foundation
import Synchronization

/// One thread that waits for sockets. It reads them, and resumes the tasks that wait for what it read. It also runs
/// tasks that prefer it as their executor, which saves them a change of threads for each response.
///
/// Handlers are called on the loop's thread, and only there. Everything else may be called from anywhere.
final class EventLoop: TaskExecutor {
  /// The loop for work that belongs to no connection.
  static var shared: EventLoop { EventLoops.shared.first }

  private let inbox = Mutex(Inbox())
  private let openPipe: @Sendable () -> WakePipe?
  private let startThread: @Sendable (@escaping @Sendable () -> Void) -> Bool
  /// The loop's own thread, once it runs.
  private let thread = Atomic<UInt>(0)

  /// What other threads leave for the loop.
  private struct Inbox {
    var requests: [Request] = []
    var jobs: [UnownedJob] = []
    var sleep = Sleep.awake
    /// Wakes the loop. Without it, the loop checks by itself now and then.
    var pipe: WakePipe?
    var hasThread = false
  }

  /// Whether the loop waits, or is about to, and until when.
  private enum Sleep {
    case awake
    case until(Deadline?)

    /// Whether the loop must be woken for an alarm, or for anything else if that is nil.
    func mustEnd(for alarm: Deadline?) -> Bool {
      switch self {
      case .awake: false
      case .until(let end?): alarm.map { $0 < end } ?? true
      case .until(nil): true
      }
    }
  }

  /// What the loop does for other threads, in the order of their calls.
  enum Request {
    case add(Socket, any EventHandler, Readiness)
    case watch(Socket, Readiness)
    case remove(Socket)
    case wake(any EventHandler, Deadline)
    case disarm(any EventHandler)
    case run(@Sendable () -> Void)
  }

  /// - Parameters:
  ///   - openPipe: Makes the pipe that wakes the loop. If that fails because the process has used up its descriptors,
  ///     the loop still works, with a delay, and tries again.
  ///   - startThread: Runs a closure on a new thread. If that fails because the system allows no more threads, each
  ///     request to the loop tries again.
  init(
    openPipe: @escaping @Sendable () -> WakePipe? = { WakePipe() },
    startThread: @escaping @Sendable (@escaping @Sendable () -> Void) -> Bool = {
      Threads.start("mysql", stackSize: 512 << 10, $0)
    }
  ) {
    self.openPipe = openPipe
    self.startThread = startThread
    start()
  }

  /// Starts the loop's thread unless it has one. Returns false if the system allows no more threads.
  @discardableResult
  func start() -> Bool { inbox.withLock { start(&$0) } }

  private func start(_ inbox: inout Inbox) -> Bool {
    if !inbox.hasThread { inbox.hasThread = startThread { [self] in run() } }
    return inbox.hasThread
  }

  /// Calls a handler whenever its socket is ready for `interest`, until the socket is removed.
  func add(_ socket: Socket, _ handler: any EventHandler, for interest: Readiness) {
    post(.add(socket, handler, interest))
  }

  /// Changes what a socket is watched for. Does nothing for a socket that was not added, or was removed.
  func watch(_ socket: Socket, for interest: Readiness) {
    post(.watch(socket, interest))
  }

  /// Forgets a socket, its handler and the handler's alarm. The loop's reference to the socket is gone before the next
  /// request is carried out.
  func remove(_ socket: Socket) {
    post(.remove(socket))
  }

  /// Calls a handler once at the deadline, which replaces an earlier request. The handler has to ignore a call that
  /// comes too early, so a deadline that moves to a later time needs no call to the loop.
  func wake(_ handler: any EventHandler, by deadline: Deadline) {
    post(.wake(handler, deadline), alarm: deadline)
  }

  /// Forgets a handler's alarm, when the loop next wakes.
  func disarm(_ handler: any EventHandler) {
    inbox.withLock { $0.requests.append(.disarm(handler)) }
  }

  func run(_ body: @escaping @Sendable () -> Void) {
    post(.run(body))
  }

  /// Runs the closure at the deadline.
  func call(by deadline: Deadline, _ body: @escaping @Sendable () -> Void) {
    wake(Alarm(body), by: deadline)
  }

  private final class Alarm: EventHandler {
    private let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    func isReady(_ readiness: Readiness, _ scratch: UnsafeMutableRawBufferPointer) {}
    func alarm() { body() }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    leave { $0.jobs.append(job) }
  }

  private func post(_ request: Request, alarm: Deadline? = nil) {
    leave(alarm: alarm) { $0.requests.append(request) }
  }

  private func leave(alarm: Deadline? = nil, _ change: (inout Inbox) -> Void) {
    let pipe = inbox.withLock { inbox -> WakePipe? in
      change(&inbox)
      guard start(&inbox), inbox.sleep.mustEnd(for: alarm) else { return nil }
      inbox.sleep = .awake
      return inbox.pipe
    }
    pipe?.wake()
  }

  /// Whether the caller is on the loop's thread.
  var isCurrent: Bool { thread.load(ordering: .relaxed) == Platform.threadID }

  private func run() {
    thread.store(Platform.threadID, ordering: .relaxed)
    var state = EventLoopState()
    var work = Inbox()
    while true {
      if state.wakePipe == nil, let pipe = openPipe() {
        state.wakePipe = pipe
        inbox.withLock { $0.pipe = pipe }
      }
      let isDone = empty(&work, &state)
      state.wait(mayBlock: isDone)
      if isDone { inbox.withLock { $0.sleep = .awake } }
      state.dispatch()
    }
  }

  /// Does what was left for the loop, and what that leaves in turn. Returns true if nothing is left, so that the loop
  /// may sleep; false if more keeps coming, and the sockets must have their turn.
  private func empty(_ work: inout Inbox, _ state: inout EventLoopState) -> Bool {
    let executor = asUnownedTaskExecutor()
    for _ in 0..<64 {
      let isEmpty = inbox.withLock { inbox in
        swap(&inbox.requests, &work.requests)
        swap(&inbox.jobs, &work.jobs)
        let isEmpty = work.requests.isEmpty && work.jobs.isEmpty
        if isEmpty { inbox.sleep = .until(state.earliestAlarm) }
        return isEmpty
      }
      if isEmpty { return true }
      work.requests.reverse()
      // A request that was carried out must not keep its socket alive.
      while let request = work.requests.popLast() { state.carryOut(request) }
      work.jobs.reverse()
      while let job = work.jobs.popLast() { job.runSynchronously(on: executor) }
    }
    return false
  }
}

/// An object that waits for a socket. Called on the loop's thread.
protocol EventHandler: AnyObject, Sendable {
  /// The handler may use the scratch memory until it returns.
  func isReady(_ readiness: Readiness, _ scratch: UnsafeMutableRawBufferPointer)
  /// A deadline may have passed.
  func alarm()
}
