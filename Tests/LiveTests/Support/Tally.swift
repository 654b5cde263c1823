import Synchronization

/// A counter that tasks share.
final class Tally: Sendable {
  private let value = Atomic(0)

  var count: Int { value.load(ordering: .relaxed) }
  func add(_ number: Int) { value.add(number, ordering: .relaxed) }
}
