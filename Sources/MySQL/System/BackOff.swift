/// When connecting may be tried again: after 10 ms, and then twice as long each time up to a second, with jitter.
struct BackOff: Sendable {
  private var failures = 0
  /// When the next attempt may be made; nil for at once.
  private(set) var end: Nanoseconds?

  /// Whether the last attempt failed.
  var isTrying: Bool { failures > 0 }

  func isOver(at now: Nanoseconds) -> Bool { end.map { $0 <= now } ?? true }

  mutating func succeeded() { self = BackOff() }

  mutating func failed(at now: Nanoseconds, using random: inout any RandomNumberGenerator & Sendable) {
    failures += 1
    let longest = min(Nanoseconds(10_000_000) << min(failures - 1, 7), 1_000_000_000)
    end = now.adding(Nanoseconds.random(in: longest / 2...longest, using: &random))
  }
}
