/// How much longer the server may take, over all waits of a command together: a pure state machine. Time counts only
/// while this program has nothing to do but wait. The time to read a response that has arrived, or to get a thread on a
/// busy machine, is not the server's fault.
struct Patience {
  /// What the connection is doing, for the error when the time is up.
  private(set) var stage = "the server's answer"
  /// How much was left when the wait in progress began; nil without a limit.
  private var left: Nanoseconds?
  private var waits: Waits = []
  /// When the wait in progress has lasted too long.
  private var end: Deadline?
  /// When the event loop will raise the alarm.
  private var armed: Deadline?

  /// What is waited for.
  struct Waits: OptionSet {
    let rawValue: UInt8
    /// The server's next event.
    static let event = Self(rawValue: 1)
    /// The server's taking what was written.
    static let flush = Self(rawValue: 2)
  }

  /// What an alarm means.
  enum Verdict: Equatable {
    /// Nobody waits, or there is no limit.
    case inTime
    /// The alarm has to come again.
    case again(Deadline)
    /// The server has used up its time, in this stage.
    case late(String)
  }

  var isLimited: Bool { left != nil }

  /// Sets how long the server may take from now on, and returns when to raise an alarm, unless one comes before.
  mutating func allow(_ time: Nanoseconds?, for stage: String) -> Deadline? {
    left = time
    self.stage = stage
    end = nil
    return waits.isEmpty ? nil : startClock()
  }

  /// Notes that a wait begins. Returns when to raise an alarm, unless one comes before.
  mutating func begins(_ wait: Waits) -> Deadline? {
    waits.insert(wait)
    return left == nil ? nil : startClock()
  }

  mutating func ends(_ wait: Waits) {
    waits.remove(wait)
    guard waits.isEmpty, let end else { return }
    left = end.timeLeft
    self.end = nil
  }

  mutating func alarm(at now: Deadline) -> Verdict {
    armed = nil
    guard let end else { return .inTime }
    guard end <= now else {
      armed = end
      return .again(end)
    }
    return .late(stage)
  }

  /// Notes that the alarm will come again, for another look.
  mutating func lookAgain(at deadline: Deadline) { armed = deadline }

  private mutating func startClock() -> Deadline? {
    guard let left else { return nil }
    let end = self.end ?? .after(left)
    self.end = end
    if let armed, armed <= end { return nil }
    armed = end
    return end
  }
}
