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

  /// All bytes in one array. Each piece is given back when it has been copied, so that the payload never takes
  /// twice its size.
  package consuming func joined() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in pieces.indices {
      bytes += pieces[index]
      pieces[index] = []
    }
    return bytes
  }
}
