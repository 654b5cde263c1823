/// A moment on the monotonic clock that a wait for another party must not outlast. The time that this program takes to
/// resume on a busy machine is not the other party's fault: see `excludeTime(since:)`.
struct Deadline: Sendable, Comparable {
  private(set) var instant: Nanoseconds

  static var now: Deadline { Deadline(instant: Platform.uptime) }

  static func after(_ duration: Duration) -> Deadline { after(duration.nanoseconds) }
  static func after(_ duration: Nanoseconds) -> Deadline {
    var deadline = now
    deadline.move(by: duration)
    return deadline
  }

  var remaining: Duration { .nanoseconds(nanosecondsLeft) }
  /// Negative once the deadline has passed.
  var nanosecondsLeft: Nanoseconds { instant - Platform.uptime }
  /// Zero once the deadline has passed.
  var timeLeft: Nanoseconds { max(0, nanosecondsLeft) }
  var hasPassed: Bool { instant <= Platform.uptime }

  /// Extends the deadline by the time that has passed since then.
  mutating func excludeTime(since moment: Deadline) { move(by: -moment.nanosecondsLeft) }

  mutating func move(by duration: Nanoseconds) {
    let (sum, overflows) = instant.addingReportingOverflow(duration)
    instant = overflows ? .max : sum
  }

  static func < (left: Self, right: Self) -> Bool { left.instant < right.instant }
}

/// A time in nanoseconds. `Duration` counts in 128 bits, and computing with it takes too long for a query.
typealias Nanoseconds = Int64

extension Duration {
  /// The duration in nanoseconds, at most a hundred years.
  var nanoseconds: Nanoseconds {
    let limit: Int64 = 100 * 366 * 86_400
    let (seconds, attoseconds) = components
    return min(max(seconds, -limit), limit) * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}

extension Nanoseconds {
  func adding(_ time: Nanoseconds) -> Nanoseconds {
    let (sum, overflows) = addingReportingOverflow(time)
    return overflows ? .max : sum
  }

  /// For poll: rounded up, so that a wait does not end just before its deadline.
  var pollMilliseconds: Int32 { Int32(clamping: (Swift.max(self, 0) + 999_999) / 1_000_000) }
}
