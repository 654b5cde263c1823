/// Whether responses come so quickly that a task waits for them without a cancellation handler: a pure state machine. A
/// handler costs a tenth of what a small query does.
///
/// While responses come quickly, the event loop looks at the connection every few milliseconds. A wait that it sees twice
/// is not a quick one: it ends, and the task waits again, with a handler. So a cancellation is noticed at the second look
/// at the latest. Looks end with the quick responses, so an idle connection costs nothing.
struct Pace {
  /// The time between two looks.
  static var interval: Nanoseconds { 5_000_000 }
  /// Two responses within this time are quick.
  private static var quick: Nanoseconds { 2_000_000 }

  private(set) var isQuick = false
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
    return true
  }

  /// Notes that a wait without a handler begins.
  mutating func beginsWait() { waits &+= 1 }

  /// - Parameter isWaiting: Whether a wait without a handler is on.
  mutating func look(isWaiting: Bool) -> Look {
    guard waits == seen else {
      seen = waits
      return .again
    }
    (isQuick, lastResponse) = (false, nil)
    return isWaiting ? .endWait : .stop
  }
}
