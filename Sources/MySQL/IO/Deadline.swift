/// A moment of the monotonic clock that a wait must not outlast.
struct Deadline: Sendable, Comparable {
  let instant: ContinuousClock.Instant

  static func after(_ duration: Duration) -> Deadline {
    Deadline(instant: ContinuousClock().now + duration)
  }

  var remaining: Duration { ContinuousClock().now.duration(to: instant) }
  var hasPassed: Bool { instant <= ContinuousClock().now }

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
