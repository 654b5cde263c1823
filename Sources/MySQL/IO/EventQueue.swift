import MySQLWire

/// Events that their reader takes out one after the other: the first of them lies at the end, where it is taken
/// without a copy.
struct EventQueue {
  private var reversed: [Event] = []

  /// Memory for more events than these is given back when they are gone.
  private static var keptCapacity: Int { 256 }

  var isEmpty: Bool { reversed.isEmpty }

  mutating func popFirst() -> Event? {
    guard let event = reversed.popLast() else { return nil }
    if reversed.isEmpty, reversed.capacity > Self.keptCapacity { reversed = [] }
    return event
  }

  /// Takes over events in the order of their arrival. The queue must be empty, and gives its memory for them.
  mutating func take(_ events: inout [Event]) {
    precondition(isEmpty)
    swap(&reversed, &events)
    reversed.reverse()
  }
}
