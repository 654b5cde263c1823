import MySQLWire

/// Where the event loop leaves a connection's events and its consumer takes them, all that have arrived at once:
/// a pure machine, which the channel keeps behind a lock. At most one consumer waits at a time.
struct Mailbox {
  /// When events of so many bytes wait, the channel stops reading the socket until they are taken.
  static var highWater: Int { 256 << 10 }

  private var events: [Event] = []
  private var size = 0
  private var waiter: Waiter?
  /// Whether the consumer that waits decides itself what becomes of the connection when its wait must end.
  private var isInterruptible = false
  /// Why nothing more will come.
  private(set) var failure: MySQLError?
  /// Whether reading waits for the consumer.
  private(set) var isPaused = false
  /// How long this program waits for the server, and has waited.
  private(set) var patience = Patience()

  typealias Waiter = UnsafeContinuation<Wake, Never>

  /// How a wait ends.
  enum Wake {
    /// Something has arrived, or nothing more will.
    case arrived
    /// Another consumer waits.
    case refused
    /// The time is up, or the task was cancelled. The connection is as it was.
    case interrupted(MySQLError)
  }

  /// What the consumer should do.
  enum Taken {
    case events(resumesReading: Bool)
    case failure(MySQLError)
    case nothingYet
  }

  /// Leaves events, and returns the consumer that waits for them. If too much waits, reading is paused.
  mutating func leave(_ more: inout [Event], size: Int) -> Waiter? {
    // After the end nothing is an answer.
    guard failure == nil else {
      more.removeAll()
      return nil
    }
    if events.isEmpty {
      swap(&events, &more)
    } else {
      events += more
      more.removeAll(keepingCapacity: true)
    }
    self.size += size
    isPaused = self.size >= Self.highWater
    guard let waiter = waiter.take() else { return nil }
    patience.ends(.event)
    return waiter
  }

  /// Moves all that has arrived to a queue that is empty. Events that were left before the end come before it.
  mutating func take(into queue: inout EventQueue) -> Taken {
    guard !events.isEmpty else { return failure.map { .failure($0) } ?? .nothingYet }
    queue.take(&events)
    size = 0
    defer { isPaused = false }
    return .events(resumesReading: isPaused)
  }

  enum Wait {
    /// The consumer waits. An alarm has to look after it, if none will before.
    case begun(alarm: Deadline?)
    /// There is something for it.
    case over
    /// Another consumer waits.
    case refused
  }

  mutating func wait(_ continuation: Waiter, isInterruptible: Bool = false) -> Wait {
    guard events.isEmpty, failure == nil else { return .over }
    guard waiter == nil else { return .refused }
    waiter = continuation
    self.isInterruptible = isInterruptible
    return .begun(alarm: patience.begins(.event))
  }

  /// Ends the wait of a consumer that decides itself what becomes of the connection, and returns it; nil if none
  /// such waits.
  mutating func interrupt() -> Waiter? {
    guard isInterruptible, let waiter = waiter.take() else { return nil }
    patience.ends(.event)
    return waiter
  }

  /// Sets how long the server may take from now on; nil for ever.
  mutating func allow(_ time: Nanoseconds?, for stage: String) -> Deadline? {
    patience.allow(time, for: stage)
  }

  /// A writer waits until the server has taken bytes. Returns when an alarm has to look after it.
  mutating func waitForFlush() -> Deadline? { patience.begins(.flush) }

  mutating func flushed() { patience.ends(.flush) }

  mutating func alarm() -> Patience.Verdict { patience.alarm(at: .now) }

  mutating func lookAgain(at deadline: Deadline) { patience.lookAgain(at: deadline) }

  /// Ends the mailbox, and returns the consumer that waits.
  mutating func fail(_ error: MySQLError) -> Waiter? {
    guard failure == nil else { return nil }
    failure = error
    return waiter.take()
  }
}
