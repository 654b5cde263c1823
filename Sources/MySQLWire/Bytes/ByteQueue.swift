/// Received bytes that have not been framed yet. Bytes are appended at the end and discarded from the front.
/// The discarded space is reclaimed when it exceeds the bytes still waiting, so appending stays linear.
package struct ByteQueue {
  /// All bytes held, with the discarded ones in front of `head`. Readers index from `head`.
  package private(set) var storage: [UInt8] = []
  /// The index of the first waiting byte. Never beyond `storage.count`.
  package private(set) var head = 0

  /// The largest capacity that an empty queue keeps. Storage that grew for a large packet is released once it
  /// is consumed.
  private static var retainedCapacity: Int { 64 << 10 }

  package init() {}

  package var count: Int { storage.count - head }
  package var isEmpty: Bool { head == storage.count }

  package mutating func append(_ bytes: RawSpan) {
    if head > storage.count - head {
      storage.removeSubrange(..<head)
      head = 0
    }
    bytes.withUnsafeBytes { storage.append(contentsOf: $0) }
  }

  /// Removes bytes from the front and returns them in a new array.
  package mutating func take(_ count: Int) -> [UInt8] {
    precondition(count >= 0 && count <= self.count)
    let taken = Array(storage[head..<head + count])
    discard(count)
    return taken
  }

  package mutating func discard(_ count: Int) {
    precondition(count >= 0 && count <= self.count)
    head += count
    guard isEmpty else { return }
    head = 0
    if storage.capacity > Self.retainedCapacity {
      storage = []
    } else {
      storage.removeAll(keepingCapacity: true)
    }
  }
}
