/// The pending alarms: a heap with at most one deadline for each key. Setting or removing one takes O(log n), reading
/// the earliest O(1).
struct AlarmQueue<Key: Hashable, Value> {
  private var heap: [Entry] = []
  /// Where in the heap each key's entry is.
  private var places: [Key: Int] = [:]

  private struct Entry {
    var deadline: Deadline
    var key: Key
    var value: Value
  }

  var count: Int { heap.count }
  var earliest: Deadline? { heap.first?.deadline }

  /// Sets the key's deadline, replacing the one it had.
  mutating func set(_ deadline: Deadline, for key: Key, _ value: Value) {
    let entry = Entry(deadline: deadline, key: key, value: value)
    let place = places[key] ?? heap.count
    if place == heap.count { heap.append(entry) } else { heap[place] = entry }
    places[key] = place
    settle(place)
  }

  mutating func remove(_ key: Key) {
    if let place = places[key] { remove(at: place) }
  }

  /// Removes and returns the earliest if its time has come.
  mutating func removeFirst(by now: Deadline) -> Value? {
    guard let first = heap.first, first.deadline <= now else { return nil }
    remove(at: 0)
    return first.value
  }

  private mutating func remove(at place: Int) {
    places[heap[place].key] = nil
    let last = heap.removeLast()
    guard place < heap.count else { return }
    heap[place] = last
    places[last.key] = place
    settle(place)
  }

  /// Moves the entry up or down to where it belongs.
  private mutating func settle(_ place: Int) {
    var place = place
    while place > 0, heap[place].deadline < heap[(place - 1) / 2].deadline {
      swap(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
    while 2 * place + 1 < heap.count {
      let children = 2 * place + 1..<min(2 * place + 3, heap.count)
      var least = place
      for child in children where heap[child].deadline < heap[least].deadline { least = child }
      guard least != place else { return }
      swap(place, least)
      place = least
    }
  }

  private mutating func swap(_ one: Int, _ other: Int) {
    heap.swapAt(one, other)
    places[heap[one].key] = one
    places[heap[other].key] = other
  }
}
