import Synchronization

/// A counter that threads share.
final class Counter: Sendable {
  private let state = Atomic<Int>(0)
  func add(_ count: Int) { state.add(count, ordering: .relaxed) }
  var value: Int { state.load(ordering: .relaxed) }
}

/// What happened, in order.
final class Journal<Entry: Sendable>: Sendable {
  private let state = Mutex<[Entry]>([])
  func note(_ entry: Entry) { state.withLock { $0.append(entry) } }
  var entries: [Entry] { state.withLock { $0 } }
}
