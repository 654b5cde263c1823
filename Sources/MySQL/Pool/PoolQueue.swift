/// The waiters of a pool, in the order in which they came. The entry of a waiter that left early is skipped later.
struct PoolQueue<Holder: Sendable>: Sendable {
  /// Nil where a waiter has left.
  private var entries: [Entry?] = []
  /// The place of the first waiter, or of the end.
  private var head = 0
  /// Where each waiter's entry is, counted from the first entry that there ever was.
  private var places: [Int: Int] = [:]
  private var removed = 0

  private struct Entry {
    let waiter: Int
    let holder: Holder
    let since: Nanoseconds
  }

  var count: Int { places.count }
  var isEmpty: Bool { places.isEmpty }

  /// The time since which the first waiter has been waiting.
  var first: Nanoseconds? { head < entries.count ? entries[head]?.since : nil }

  mutating func append(_ waiter: Int, _ holder: Holder, since now: Nanoseconds) {
    places[waiter] = removed + entries.count
    entries.append(Entry(waiter: waiter, holder: holder, since: now))
  }

  mutating func popFirst() -> (waiter: Int, holder: Holder)? {
    guard head < entries.count, let entry = entries[head].take() else { return nil }
    places[entry.waiter] = nil
    skip()
    return (entry.waiter, entry.holder)
  }

  /// Removes a waiter, and returns whether it was still there.
  mutating func remove(_ waiter: Int) -> Bool {
    guard let place = places.removeValue(forKey: waiter) else { return false }
    entries[place - removed] = nil
    skip()
    return true
  }

  /// Removes the waiters that came at a given moment or before, and returns them.
  mutating func removeAll(waitingSince moment: Nanoseconds) -> [Int] {
    var waiters: [Int] = []
    while let first, first <= moment, let (waiter, _) = popFirst() { waiters.append(waiter) }
    return waiters
  }

  /// Moves `head` past waiters that have left, and gives their memory back now and then.
  private mutating func skip() {
    while head < entries.count, entries[head] == nil { head += 1 }
    guard head > 32, head * 2 >= entries.count else { return }
    entries.removeFirst(head)
    removed += head
    head = 0
  }
}
