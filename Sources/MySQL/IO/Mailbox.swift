import MySQLWire

/// Where the event loop leaves a connection's events and its consumer takes them: a pure machine, which the
/// channel keeps behind a lock. At most one consumer waits at a time.
struct Mailbox {
  /// When events of so many bytes wait, the channel stops reading the socket; when no more than half of that
  /// wait, it goes on.
  static var highWater: Int { 256 << 10 }

  private var events: [Event] = []
  private var head = 0
  private var size = 0
  private var waiter: Waiter?
  /// Why nothing more will come.
  private(set) var failure: MySQLError?
  /// Whether reading waits for the consumer.
  private(set) var isPaused = false
  /// How long this program waits for the server, and has waited.
  private(set) var patience = Patience()

  typealias Waiter = UnsafeContinuation<Result<Event, MySQLError>, Never>

  /// What the consumer should do.
  enum Taken {
    case event(Event, resumesReading: Bool)
    case failure(MySQLError)
    case nothingYet
  }

  /// Leaves an event, and returns the consumer that waits for it. If too much waits, reading is paused.
  mutating func leave(_ event: consuming Event) -> (Waiter, Event)? {
    // After the end nothing is an answer.
    guard failure == nil else { return nil }
    if let waiter, head == events.count {
      self.waiter = nil
      patience.ends(.event)
      return (waiter, event)
    }
    // A consumer that is always a little behind never lets the mailbox run empty.
    if head >= 16 {
      events.removeSubrange(..<head)
      head = 0
    }
    size += event.size
    events.append(event)
    isPaused = size >= Self.highWater
    return nil
  }

  mutating func take() -> Taken {
    if let event = removeFirst() {
      let resumesReading = isPaused && size <= Self.highWater / 2
      if resumesReading { isPaused = false }
      return .event(event, resumesReading: resumesReading)
    }
    if let failure { return .failure(failure) }
    return .nothingYet
  }

  /// Lets a consumer wait, and returns when an alarm has to look after it, if none will before.
  mutating func wait(_ continuation: Waiter) -> Deadline? {
    precondition(waiter == nil, "two consumers wait for one connection")
    waiter = continuation
    return patience.begins(.event)
  }

  /// Sets how long the server may take from now on; nil for ever.
  mutating func allow(_ time: Duration?, for stage: String) -> Deadline? {
    patience.allow(time, for: stage)
  }

  /// A writer waits until the server has taken bytes. Returns when an alarm has to look after it.
  mutating func waitForFlush() -> Deadline? { patience.begins(.flush) }

  mutating func flushed() { patience.ends(.flush) }

  mutating func alarm() -> Patience.Verdict { patience.alarm(at: .now) }

  mutating func lookAgain(at deadline: Deadline) { patience.lookAgain(at: deadline) }

  /// Ends the mailbox, and returns the consumer that waits. Events that were left before can still be taken.
  mutating func fail(_ error: MySQLError) -> Waiter? {
    guard failure == nil else { return nil }
    failure = error
    defer { waiter = nil }
    return waiter
  }

  private mutating func removeFirst() -> Event? {
    guard head < events.count else { return nil }
    var event = Event.needsInput
    swap(&event, &events[head])
    head += 1
    if head == events.count {
      events.removeAll(keepingCapacity: true)
      head = 0
    }
    size -= event.size
    return event
  }
}
