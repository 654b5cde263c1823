/// A payload that is too large for the receive queue. Its first bytes come in pieces. Once a 128th of it has arrived,
/// the rest goes directly to its place in the memory of the whole, which `join()` then completes with the pieces.
///
/// An announced length alone allocates nothing, and memory that is reserved takes up none until bytes arrive. No step
/// takes longer than one piece does, so a connection that receives much data does not delay others on the same thread.
package struct LargePayload: Sendable {
  /// Pieces of `pieceSize`, except that one of them may be the whole.
  private var pieces: [[UInt8]] = []
  /// The index of the whole. It lacks the bytes of the pieces before it, and its size is `leastSize`.
  private var whole: Int?
  /// The size that the payload will have at least; 0 if nothing tells.
  private var leastSize: Int?
  package private(set) var count = 0
  /// Where memory for the whole may be.
  private let spare: SpareMemory?

  private static var pieceSize: Int { 512 << 10 }

  init(_ spare: SpareMemory? = nil) { self.spare = spare }

  /// Moves bytes from the front of the queue into the payload.
  mutating func take(_ size: Int, from queue: inout ByteQueue) {
    var rest = size
    while rest > 0 {
      let part = min(rest, makeRoom())
      pieces[pieces.count - 1] += queue.storage[queue.head..<queue.head + part]
      queue.discard(part)
      rest -= part
      count += part
    }
  }

  /// Lets the closure write up to `size` bytes into the payload's own memory, and returns how many it wrote.
  mutating func append<E: Error>(
    upTo size: Int, _ write: (inout OutputSpan<UInt8>) throws(E) -> Void
  ) throws(E) -> Int {
    let room = makeRoom()
    let last = pieces.count - 1
    let before = pieces[last].count
    // The first piece at most doubles.
    let part = min(size, room, last > 0 ? Self.pieceSize : max(64 << 10, before))
    try pieces[last].append(addingCapacity: part, initializingWith: write)
    let written = pieces[last].count - before
    count += written
    return written
  }

  /// Calls the closure once with the first piece, for the size that the payload will have at least.
  mutating func expect(_ leastSize: (RawSpan) -> Int?) {
    guard self.leastSize == nil, let first = pieces.first, first.count == Self.pieceSize else { return }
    self.leastSize = leastSize(first.span.bytes) ?? 0
  }

  /// Begins a new piece if the last one is full. Returns how many bytes the last piece can take.
  private mutating func makeRoom() -> Int {
    if let last = pieces.last {
      let size = whole == pieces.count - 1 ? leastSize ?? 0 : Self.pieceSize
      if last.count < size { return size - last.count }
    }
    if whole == nil, let leastSize, count < leastSize, count >= leastSize / 128 {
      whole = pieces.count
      // What it lacks counts as initialized. Nobody reads it before `join()` has filled it.
      var memory = spare?.take(leastSize) ?? []
      memory.reserveCapacity(leastSize)
      memory.append(addingCapacity: count) { span in
        span.withUnsafeMutableBufferPointer { [count] in $1 = count }
      }
      pieces.append(memory)
      return leastSize - count
    }
    pieces.append([])
    // The first piece grows as bytes arrive.
    if pieces.count > 1 { pieces[pieces.count - 1].reserveCapacity(Self.pieceSize) }
    return Self.pieceSize
  }

  /// Returns all bytes in one array and empties the payload. Each piece is released once it has been copied, so the
  /// payload never takes twice its size, unless there is another copy of it.
  package mutating func join() -> [UInt8] {
    var rest: [[UInt8]] = []
    swap(&rest, &pieces)
    let size = count
    let whole = whole
    self = LargePayload()
    // If the payload is larger than expected, pieces come after the whole.
    if let whole, whole == rest.count - 1, var bytes = rest.popLast() {
      bytes.withUnsafeMutableBytes { Self.move(&rest, before: whole * Self.pieceSize, to: $0) }
      return bytes
    }
    if let whole { rest[whole].removeFirst(whole * Self.pieceSize) }
    return Array(unsafeUninitializedCapacity: size) { buffer, initialized in
      Self.move(&rest, before: size, to: UnsafeMutableRawBufferPointer(buffer))
      initialized = size
    }
  }

  /// Moves the pieces to their places before `end`, from the last to the first, because malloc returns memory at the end
  /// of the heap to the system.
  private static func move(
    _ pieces: inout [[UInt8]], before end: Int, to memory: UnsafeMutableRawBufferPointer
  ) {
    var end = end
    while let piece = pieces.popLast() {
      let start = end - piece.count
      UnsafeMutableRawBufferPointer(rebasing: memory[start..<end]).copyBytes(from: piece)
      end = start
    }
  }
}
