/// A payload that is too large to lie in the receive queue: its bytes in pieces, as they arrived. No step takes
/// longer than a piece does, so that other connections on the same thread do not wait for one that brings much.
package struct LargePayload: Sendable {
  private var pieces: [[UInt8]] = []
  package private(set) var count = 0

  private static var pieceSize: Int { 1 << 20 }

  /// Takes bytes from the front of the queue.
  mutating func take(_ size: Int, from queue: inout ByteQueue) {
    var rest = size
    while rest > 0 {
      let room = pieces.last.map { Self.pieceSize - $0.count } ?? 0
      if room == 0 {
        pieces.append([])
        // The first grows by what arrives: an announcement alone takes nothing.
        if pieces.count > 1 { pieces[pieces.count - 1].reserveCapacity(Self.pieceSize) }
        continue
      }
      let part = min(rest, room)
      pieces[pieces.count - 1] += queue.storage[queue.head..<queue.head + part]
      queue.discard(part)
      rest -= part
    }
    count += size
  }

  /// Gives away all bytes in one array. Each piece is let go of when it has been copied, so that the payload never
  /// takes twice its size: unless there is another copy of it.
  package mutating func join() -> [UInt8] {
    var rest: [[UInt8]] = []
    swap(&rest, &pieces)
    let size = rest.reduce(0) { $0 + $1.count }
    count = 0
    return Array(unsafeUninitializedCapacity: size) { buffer, initialized in
      // From the last to the first: what lies at the end of the heap malloc gives back to the system.
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
