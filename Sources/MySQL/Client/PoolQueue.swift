/// Who waits for a connection, in the order in which they came. Those who leave early are passed over later.
struct PoolQueue<Holder: Sendable>: Sendable {
  private var entries: [Entry?] = []
  private var head = 0
  /// Where each waiter's entry is, counted from the first that there ever was.
  private var places: [Int: Int] = [:]
  private var removed = 0

  private struct Entry {
    let waiter: Int
    let holder: Holder
    let since: Nanoseconds
  }

  var count: Int { places.count }
  var isEmpty: Bool { places.isEmpty }

  /// Since when the first waits.
  var first: Nanoseconds? {
    var place = head
    while place < entries.count {
      if let entry = entries[place] { return entry.since }
      place += 1
    }
    return nil
  }

  mutating func append(_ waiter: Int, _ holder: Holder, since now: Nanoseconds) {
    places[waiter] = removed + entries.count
    entries.append(Entry(waiter: waiter, holder: holder, since: now))
  }

  mutating func popFirst() -> (waiter: Int, holder: Holder)? {
    skip()
    guard head < entries.count, let entry = entries[head].take() else { return nil }
    places[entry.waiter] = nil
    skip()
    return (entry.waiter, entry.holder)
  }

  /// False if there is no such waiter.
  mutating func remove(_ waiter: Int) -> Bool {
    guard let place = places.removeValue(forKey: waiter) else { return false }
    entries[place - removed] = nil
    skip()
    return true
  }

  /// Removes those who have waited since then or longer, and returns them.
  mutating func removeAll(waitingSince moment: Nanoseconds) -> [Int] {
    var waiters: [Int] = []
    while let first, first <= moment, let (waiter, _) = popFirst() { waiters.append(waiter) }
    return waiters
  }

  /// Passes over those who have left, and gives their memory back now and then.
  private mutating func skip() {
    while head < entries.count, entries[head] == nil { head += 1 }
    guard head > 32, head * 2 >= entries.count else { return }
    entries.removeFirst(head)
    removed += head
    head = 0
  }
}
