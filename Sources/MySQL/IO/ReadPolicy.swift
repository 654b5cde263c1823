/// Decides whether the event loop reads a connection's socket, and what it waits for: a pure state machine. An open
/// connection is read while it is idle and while it works, so that no query changes what is watched. Reading stops when
/// more has arrived than the consumer takes, and rests between the pieces of a long result.
struct ReadPolicy {
  /// Whether the most that may wait for the consumer is waiting.
  var isPaused = false
  /// Whether bytes wait for the socket to take them.
  var hasOutput = false
  private(set) var isResting = false
  /// How many bytes of the current result have been received.
  private var streamed = 0

  /// How many bytes make a result long, and how many owed responses count as many.
  private static var longResult: Int { 256 << 10 }
  private static var manyAnswers: Int { 32 }

  /// What the loop has to wait for.
  var interest: Readiness {
    var interest: Readiness = []
    if !isPaused, !isResting { interest.insert(.read) }
    if hasOutput { interest.insert(.write) }
    return interest
  }

  /// Notes that bytes have been read. Returns true if reading rests from now on: servers send rows in pieces of 16 KiB,
  /// and reading each one as it arrives wakes the consumer each time. Once a result has proved long, everything that
  /// arrives within a millisecond is read together, which takes a third of the wakes. The same is done for the
  /// responses to many commands, which servers send one by one. The pieces of a large row wake nobody: for them,
  /// `isInRows` is false.
  mutating func received(_ count: Int, hasMore: Bool, isInRows: Bool, owedAnswers: Int) -> Bool {
    streamed = isInRows ? streamed + count : 0
    let isLong = streamed >= Self.longResult || owedAnswers > Self.manyAnswers
    guard isLong, !hasMore, !isPaused, !isResting else { return false }
    isResting = true
    return true
  }

  mutating func endRest() { isResting = false }

  /// Ends a rest when a deadline has passed, because what has already arrived still counts. Returns false if reading
  /// waits for the consumer, or the loop is reading anyway.
  mutating func lookAgain() -> Bool {
    guard isResting, !isPaused else { return false }
    isResting = false
    return true
  }
}
