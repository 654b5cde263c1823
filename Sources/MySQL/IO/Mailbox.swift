import MySQLWire

/// Where the event loop leaves a connection's events, and the consumer takes all that have arrived at once: a pure
/// state machine, which the channel keeps behind a lock. At most one consumer waits at a time.
struct Mailbox {
  /// When events of this size in bytes wait, the channel stops reading the socket until they are taken.
  static var highWater: Int { 256 << 10 }

  private var events: [Event] = []
  private var size = 0
  private var waiter: Waiter?
  /// Whether the waiting consumer decides itself what happens to the connection when its wait must end.
  private var isInterruptible = false
  /// Whether it waits without a cancellation handler.
  private var isBrief = false
  /// Why nothing more will come.
  private(set) var failure: MySQLError?
  /// Whether reading is paused until the consumer takes what has arrived.
  private(set) var isPaused = false
  /// How long this program waits for the server, and has waited.
  private(set) var patience = Patience()
  private var pace = Pace()

  typealias Waiter = UnsafeContinuation<Wake, Never>

  /// How a wait ends.
  enum Wake {
    /// Something has arrived, or nothing more will. After a brief wait, also: the consumer has to wait again.
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

  /// Adds events, and returns the consumer that waits for them. If too much is waiting, reading is paused.
  mutating func leave(_ more: inout [Event], size: Int) -> Waiter? {
    // After the end, nothing counts as a response.
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

  /// Moves all that has arrived to an empty queue. Events that were left before the failure come before it.
  mutating func take(into queue: inout EventQueue) -> Taken {
    guard !events.isEmpty else { return failure.map { .failure($0) } ?? .nothingYet }
    queue.take(&events)
    size = 0
    defer { isPaused = false }
    return .events(resumesReading: isPaused)
  }

  enum Wait {
    /// The consumer waits. `alarm` is when to raise an alarm for it; nil if none is needed before one that is already
    /// set.
    case begun(alarm: Deadline?)
    /// The consumer need not wait: there is something for it.
    case over
    /// Another consumer waits.
    case refused
  }

  /// Whether a consumer may wait without a cancellation handler.
  var allowsBriefWaits: Bool { pace.isQuick }

  /// - Parameters:
  ///   - isInterruptible: Whether the consumer decides itself what happens to the connection when the wait must end.
  ///   - isBrief: Whether it waits without a cancellation handler.
  mutating func wait(_ continuation: Waiter, isInterruptible: Bool = false, isBrief: Bool = false) -> Wait {
    guard events.isEmpty, failure == nil else { return .over }
    guard waiter == nil else { return .refused }
    if isBrief {
      // The looks have ended since the consumer asked.
      guard pace.isQuick else { return .over }
      pace.beginsWait()
    }
    waiter = continuation
    self.isInterruptible = isInterruptible
    self.isBrief = isBrief
    return .begun(alarm: patience.begins(.event))
  }

  /// Ends the wait of a consumer that decides itself what happens to the connection, and returns it; nil if no such
  /// consumer waits.
  mutating func interrupt() -> Waiter? {
    guard isInterruptible, let waiter = waiter.take() else { return nil }
    patience.ends(.event)
    return waiter
  }

  /// Notes that a consumer gets its response. Returns whether the event loop has to begin to look.
  mutating func responded() -> Bool { pace.responded() }

  /// Looks at the wait that is on. Returns the consumer that has to wait again, with a cancellation handler, and whether
  /// the event loop has to look again.
  mutating func look() -> (waiter: Waiter?, again: Bool) {
    switch pace.look(isWaiting: isBrief && waiter != nil) {
    case .again: return (nil, true)
    case .endWait:
      patience.ends(.event)
      return (waiter.take(), false)
    case .stop: return (nil, false)
    }
  }

  /// Sets how long the server may take from now on; nil for no limit.
  mutating func allow(_ time: Nanoseconds?, for stage: String) -> Deadline? {
    patience.allow(time, for: stage)
  }

  /// Notes that a writer waits until the server has taken bytes. Returns when to raise an alarm, unless one comes
  /// before.
  mutating func waitForFlush() -> Deadline? { patience.begins(.flush) }

  mutating func flushed() { patience.ends(.flush) }

  mutating func alarm() -> Patience.Verdict { patience.alarm(at: .now) }

  mutating func lookAgain(at deadline: Deadline) { patience.lookAgain(at: deadline) }

  /// Ends the mailbox, and returns the waiting consumer.
  mutating func fail(_ error: MySQLError) -> Waiter? {
    guard failure == nil else { return nil }
    failure = error
    return waiter.take()
  }
}
