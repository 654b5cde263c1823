/// Whether responses come so quickly that a task waits for them without a cancellation handler: a pure state machine. A
/// handler costs a tenth of what a small query does.
///
/// While responses come quickly, the event loop looks at the connection every few milliseconds. If few waits have begun
/// since the last look, the next ones have a handler again. A wait without one that the loop sees twice ends, and the
/// task waits again, with a handler. So a cancellation is noticed at the second look at the latest. Looks end with the
/// quick responses, so an idle connection costs nothing.
struct Pace {
  /// The time between two looks.
  static var interval: Nanoseconds { 5_000_000 }
  /// Two responses within this time are quick.
  private static var quick: Nanoseconds { 2_000_000 }

  /// Responses are quick no more if fewer waits than this begin between two looks.
  private static var fewest: UInt { 3 }

  private(set) var isQuick = false
  private var isLooking = false
  private var lastResponse: Deadline?
  /// Counts the waits without a handler.
  private var waits: UInt = 0
  /// How many there had been at the last look.
  private var seen: UInt = 0

  /// What the event loop does after a look.
  enum Look: Equatable {
    case again
    /// Ends the wait that is on, and looks no more.
    case endWait
    case stop
  }

  /// Notes that a response has arrived. Returns whether looks begin.
  mutating func responded(at time: @autoclosure () -> Deadline = .now) -> Bool {
    guard !isQuick else { return false }
    let now = time()
    defer { lastResponse = now }
    guard let lastResponse, now.instant - lastResponse.instant < Self.quick else { return false }
    isQuick = true
    defer { isLooking = true }
    return !isLooking
  }

  /// Notes that a wait without a handler begins.
  mutating func beginsWait() { waits &+= 1 }

  /// - Parameter isWaiting: Whether a wait without a handler is on.
  mutating func look(isWaiting: Bool) -> Look {
    let begun = waits &- seen
    seen = waits
    if begun < Self.fewest { (isQuick, lastResponse) = (false, nil) }
    isLooking = isQuick || isWaiting && begun > 0
    if isLooking { return .again }
    return isWaiting ? .endWait : .stop
  }
}
