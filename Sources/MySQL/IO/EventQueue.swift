import MySQLWire

/// Events that their reader takes out one after the other. The first is stored at the end, where it is removed without
/// a copy.
struct EventQueue {
  private var reversed: [Event] = []

  /// A queue with room for more events than this gives its memory back once it is empty.
  private static var keptCapacity: Int { 256 }

  var isEmpty: Bool { reversed.isEmpty }

  mutating func popFirst() -> Event? {
    guard let event = reversed.popLast() else { return nil }
    if reversed.isEmpty, reversed.capacity > Self.keptCapacity { reversed = [] }
    return event
  }

  /// Takes over events in the order of their arrival, in exchange for the queue's own memory. The queue must be empty.
  mutating func take(_ events: inout [Event]) {
    precondition(isEmpty)
    swap(&reversed, &events)
    // `reverse()` takes three times as long for the few events of a small result.
    reversed.withUnsafeMutableBufferPointer { events in
      var (first, last) = (0, events.count - 1)
      while first < last {
        events.swapAt(first, last)
        first += 1
        last -= 1
      }
    }
  }
}
