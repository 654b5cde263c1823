import Foundation
import Synchronization

/// The one thread that waits for sockets. It reads, and it resumes whoever waits for what it read. It also
/// runs tasks that prefer it as their executor, which saves them a change of threads for each answer.
///
/// Handlers are called on the loop's thread, and only there. Everything else may be called from anywhere.
final class EventLoop: TaskExecutor {
  static let shared = EventLoop()

  /// How many consumers wait for an answer, on all connections.
  let consumers = Atomic(0)

  private let inbox = Mutex(Inbox())
  private let pipe: (read: Int32, write: Int32)

  /// What other threads leave for the loop.
  private struct Inbox {
    var requests: [Request] = []
    var jobs: [UnownedJob] = []
    /// Whether the loop waits, or is about to, and must be woken.
    var isAsleep = false
  }

  private enum Request {
    case add(Int32, any EventHandler, Readiness)
    case watch(Int32, Readiness)
    case remove(Int32, @Sendable () -> Void)
    case wake(any EventHandler, Deadline)
    case run(@Sendable () -> Void)
  }

  private init() {
    var ends: [Int32] = [-1, -1]
    // Without two descriptors there can be no connection either; every attempt then says so.
    if Foundation.pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      }
    }
    pipe = (ends[0], ends[1])
    let thread = Thread { [self] in run() }
    thread.name = "mysql"
    thread.stackSize = 512 << 10
    thread.start()
  }

  /// Calls a handler when its descriptor is ready for what is asked, until it is removed.
  func add(_ descriptor: Int32, _ handler: any EventHandler, for interest: Readiness) {
    post(.add(descriptor, handler, interest))
  }

  func watch(_ descriptor: Int32, for interest: Readiness) {
    post(.watch(descriptor, interest))
  }

  /// Forgets a descriptor; the closure runs when no call for it is under way or will come.
  func remove(_ descriptor: Int32, then done: @escaping @Sendable () -> Void) {
    post(.remove(descriptor, done))
  }

  /// Calls a handler no later than at the deadline, once. A call that comes too early is the handler's to
  /// ignore, so a deadline that moves back needs no call to the loop.
  func wake(_ handler: any EventHandler, by deadline: Deadline) {
    post(.wake(handler, deadline))
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

  private func post(_ request: Request) {
    leave { $0.requests.append(request) }
  }

  private func leave(_ change: (inout Inbox) -> Void) {
    let mustWake = inbox.withLock { inbox in
      change(&inbox)
      defer { inbox.isAsleep = false }
      return inbox.isAsleep
    }
    guard mustWake else { return }
    var byte: UInt8 = 0
    _ = write(pipe.write, &byte, 1)
  }

  private func run() {
    var state = LoopState(wakeDescriptor: pipe.read)
    var work = Inbox()
    while true {
      let isDone = empty(&work, &state)
      state.wait(mayBlock: isDone)
      if isDone { inbox.withLock { $0.isAsleep = false } }
      state.dispatch()
    }
  }

  /// Does what was left for the loop, and what that leaves in turn. True if nothing is left, so that the loop
  /// may sleep; false if there is always more, and the sockets must have their turn.
  private func empty(_ work: inout Inbox, _ state: inout LoopState) -> Bool {
    let executor = asUnownedTaskExecutor()
    for _ in 0..<64 {
      let isEmpty = inbox.withLock { inbox in
        swap(&inbox.requests, &work.requests)
        swap(&inbox.jobs, &work.jobs)
        inbox.isAsleep = work.requests.isEmpty && work.jobs.isEmpty
        return inbox.isAsleep
      }
      if isEmpty { return true }
      for request in work.requests { state.carryOut(request) }
      for job in work.jobs { job.runSynchronously(on: executor) }
      work.requests.removeAll(keepingCapacity: true)
      work.jobs.removeAll(keepingCapacity: true)
    }
    return false
  }

  /// What only the loop's thread touches.
  private struct LoopState {
    private var poller: any Poller = PollPoller()
    private var handlers: [Int32: (handler: any EventHandler, interest: Readiness)] = [:]
    private var alarms: [ObjectIdentifier: (handler: any EventHandler, deadline: Deadline)] = [:]
    private var earliest: Deadline?
    private var ready: [ReadyDescriptor] = []
    private var isPollerForMany = false
    private let wakeDescriptor: Int32
    /// What sockets are read into. Servers flush at 16 KiB; more than 64 gains nothing.
    private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    /// poll costs 0.1 µs more for each socket, epoll always the same: they meet at about so many.
    private static var pollLimit: Int { 16 }

    init(wakeDescriptor: Int32) {
      self.wakeDescriptor = wakeDescriptor
      poller.watch(wakeDescriptor, for: .read)
    }

    mutating func carryOut(_ request: Request) {
      switch request {
      case .add(let descriptor, let handler, let interest):
        handlers[descriptor] = (handler, interest)
        poller.watch(descriptor, for: interest)
        moveToPollerForMany()
      case .watch(let descriptor, let interest):
        guard handlers[descriptor] != nil else { return }
        handlers[descriptor]?.interest = interest
        // A descriptor that hung up is always ready, whatever is watched of it.
        if interest.isEmpty { poller.forget(descriptor) } else { poller.watch(descriptor, for: interest) }
      case .remove(let descriptor, let done):
        poller.forget(descriptor)
        if let entry = handlers.removeValue(forKey: descriptor) {
          alarms[ObjectIdentifier(entry.handler)] = nil
        }
        done()
      case .wake(let handler, let deadline):
        alarms[ObjectIdentifier(handler)] = (handler, deadline)
        earliest = min(earliest ?? deadline, deadline)
      case .run(let body): body()
      }
    }

    mutating func wait(mayBlock: Bool) {
      let most = earliest.map { $0.remaining.pollMilliseconds } ?? -1
      ready.removeAll(keepingCapacity: true)
      poller.wait(milliseconds: mayBlock ? most : 0, into: &ready)
    }

    mutating func dispatch() {
      for event in ready {
        if event.descriptor == wakeDescriptor {
          drainWakeUps()
        } else {
          handlers[event.descriptor]?.handler.isReady(event.readiness, scratch)
        }
      }
      if let earliest, earliest.hasPassed { sound() }
    }

    private mutating func sound() {
      let due = alarms.filter { $0.value.deadline.hasPassed }
      for (key, alarm) in due {
        alarms[key] = nil
        alarm.handler.alarm()
      }
      earliest = alarms.values.map(\.deadline).min()
    }

    private func drainWakeUps() {
      var bytes = (UInt64(0), UInt64(0))
      while withUnsafeMutableBytes(of: &bytes, { read(wakeDescriptor, $0.baseAddress, $0.count) }) > 0 {}
    }

    private mutating func moveToPollerForMany() {
      guard !isPollerForMany, handlers.count > Self.pollLimit else { return }
      isPollerForMany = true
      guard var many = Platform.pollerForMany() else { return }
      many.watch(wakeDescriptor, for: .read)
      for (descriptor, entry) in handlers where !entry.interest.isEmpty {
        many.watch(descriptor, for: entry.interest)
      }
      poller = many
    }
  }
}

/// Whoever waits for a socket. Called on the loop's thread.
protocol EventHandler: AnyObject, Sendable {
  /// The scratch memory is the handler's until it returns.
  func isReady(_ readiness: Readiness, _ scratch: UnsafeMutableRawBufferPointer)
  /// A deadline may have passed.
  func alarm()
}
