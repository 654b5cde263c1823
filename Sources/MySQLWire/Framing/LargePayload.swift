/// A payload that is too large for the receive queue: its bytes in pieces, as they arrived. No step takes longer than
/// one piece does, so a connection that receives much data does not delay others on the same thread.
package struct LargePayload: Sendable {
  private var pieces: [[UInt8]] = []
  package private(set) var count = 0

  private static var pieceSize: Int { 1 << 20 }

  /// Moves bytes from the front of the queue into the payload.
  mutating func take(_ size: Int, from queue: inout ByteQueue) {
    var rest = size
    while rest > 0 {
      let part = min(rest, makeRoom())
      pieces[pieces.count - 1] += queue.storage[queue.head..<queue.head + part]
      queue.discard(part)
      rest -= part
    }
    count += size
  }

  /// Lets the closure write up to `size` bytes into the payload's own memory, and returns how many it wrote.
  mutating func append<E: Error>(
    upTo size: Int, _ write: (inout OutputSpan<UInt8>) throws(E) -> Void
  ) throws(E) -> Int {
    let room = makeRoom()
    let last = pieces.count - 1
    let before = pieces[last].count
    // The first piece at most doubles.
    let part = min(size, room, last > 0 ? room : max(64 << 10, before))
    try pieces[last].append(addingCapacity: part, initializingWith: write)
    let written = pieces[last].count - before
    count += written
    return written
  }

  /// Begins a new piece if the last one is full. Returns how many bytes the last piece can take.
  private mutating func makeRoom() -> Int {
    let room = pieces.last.map { Self.pieceSize - $0.count } ?? 0
    if room > 0 { return room }
    pieces.append([])
    // The first piece grows as bytes arrive: an announced length alone allocates nothing.
    if pieces.count > 1 { pieces[pieces.count - 1].reserveCapacity(Self.pieceSize) }
    return Self.pieceSize
  }

  /// Returns all bytes in one array and empties the payload. Each piece is released once it has been copied,
  /// so the payload never takes twice its size, unless there is another copy of it.
  package mutating func join() -> [UInt8] {
    var rest: [[UInt8]] = []
    swap(&rest, &pieces)
    let size = rest.reduce(0) { $0 + $1.count }
    count = 0
    return Array(unsafeUninitializedCapacity: size) { buffer, initialized in
      // From the last to the first, because malloc returns memory at the end of the heap to the system.
      var end = size
      while let piece = rest.popLast() {
        let start = end - piece.count
        UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[start..<end])
          .copyBytes(from: piece)
        end = start
      }
      initialized = size
    }
  }
}
