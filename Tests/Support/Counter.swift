import Synchronization

/// A counter that threads and tasks share.
final class Counter: Sendable {
  private let state = Atomic<Int>(0)

  var value: Int { state.load(ordering: .relaxed) }
  func add(_ count: Int) { state.add(count, ordering: .relaxed) }
  /// Adds one, and returns the value before.
  func next() -> Int { state.add(1, ordering: .relaxed).oldValue }
}
