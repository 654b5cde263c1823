/// Whether a consumer reads the socket itself for a moment before it leaves that to the event loop and
/// sleeps. A server on the same machine answers a small query in less time than waking a thread takes, and
/// the loop's way wakes two. Where answers take longer, trying is soon given up and then rarely repeated.
struct BriefWait {
  /// How long a try lasts at most. Waking two threads takes as long.
  static var duration: Duration { .microseconds(50) }

  /// After so many answers in a row that came in time the loop need not watch the socket any more.
  private static var confidence: Int { 4 }

  /// After so many failures in a row a try is made for each so many waits.
  private static var rarest: Int { 1024 }

  /// The tries that succeeded since the last that failed.
  private(set) var streak = 0
  /// How many waits are to pass without a try.
  private var pause = 0
  private var nextPause = 1

  var isConfident: Bool { streak >= Self.confidence }

  /// Whether to try; to be asked once for each wait.
  mutating func shouldTry() -> Bool {
    guard pause > 0 else { return true }
    pause -= 1
    return false
  }

  mutating func succeeded() {
    streak += 1
    nextPause = 1
  }

  mutating func failed() {
    streak = 0
    pause = nextPause
    nextPause = min(2 * nextPause, Self.rarest)
  }
}
