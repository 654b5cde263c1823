/// A moment of the monotonic clock that a wait for somebody else must not outlast. The time that this program
/// takes to go on, on a busy machine, is not the other side's: see `excludeTime(since:)`.
struct Deadline: Sendable, Comparable {
  private(set) var instant: ContinuousClock.Instant

  static var now: Deadline { Deadline(instant: ContinuousClock().now) }

  static func after(_ duration: Duration) -> Deadline {
    Deadline(instant: ContinuousClock().now + duration)
  }

  var remaining: Duration { ContinuousClock().now.duration(to: instant) }
  var hasPassed: Bool { instant <= ContinuousClock().now }

  /// Moves the deadline back by the time that has passed since then.
  mutating func excludeTime(since moment: Deadline) {
    move(by: moment.instant.duration(to: ContinuousClock().now))
  }

  mutating func move(by duration: Duration) { instant += duration }

  static func < (left: Self, right: Self) -> Bool { left.instant < right.instant }
}

extension Duration {
  /// For poll: rounded up, so that a wait does not end just before its deadline.
  var pollMilliseconds: Int32 {
    guard self > .zero else { return 0 }
    let (seconds, attoseconds) = components
    guard seconds < 1_000_000 else { return 1_000_000_000 }
    return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
