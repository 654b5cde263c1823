/// Whether the event loop reads a connection's socket, and what it waits for: a pure machine. An open connection is
/// read while it is idle and while it works, so that no query changes what is watched; reading stops where more
/// has arrived than the consumer takes, and rests between the pieces of a long result.
struct ReadPolicy {
  /// Whether as much waits for the consumer as may.
  var isPaused = false
  /// Whether bytes wait for the socket to take them.
  var hasOutput = false
  private(set) var isResting = false
  /// How many bytes of the result under way have been received.
  private var streamed = 0

  /// A result of so many bytes is long, and so are so many answers.
  private static var longResult: Int { 256 << 10 }
  private static var manyAnswers: Int { 32 }

  /// What the loop has to wait for.
  var interest: Readiness {
    var interest: Readiness = []
    if !isPaused, !isResting { interest.insert(.read) }
    if hasOutput { interest.insert(.write) }
    return interest
  }

  /// Bytes have been read. True if reading rests from now on: servers send rows in pieces of 16 KiB, and reading
  /// each as it comes wakes the consumer for each. Of a result that has proved long, what comes within a
  /// millisecond is read together: a third of the wakes. So are the answers to many commands, which servers send
  /// one by one.
  mutating func received(_ count: Int, hasMore: Bool, isInRows: Bool, owedAnswers: Int) -> Bool {
    streamed = isInRows ? streamed + count : 0
    let isLong = streamed >= Self.longResult || owedAnswers > Self.manyAnswers
    guard isLong, !hasMore, !isPaused, !isResting else { return false }
    isResting = true
    return true
  }

  mutating func endRest() { isResting = false }

  /// A deadline has passed while nobody reads: what has arrived counts. False if reading waits for the consumer, or
  /// the loop reads anyway.
  mutating func lookAgain() -> Bool {
    guard isResting, !isPaused else { return false }
    isResting = false
    return true
  }
}
