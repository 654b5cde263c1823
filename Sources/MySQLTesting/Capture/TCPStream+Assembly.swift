/// Bytes of a stream that one segment contributes.
struct StreamPiece {
  /// The range of the bytes in the file. Empty only in a piece that marks the loss of the stream's end.
  var bytes: Range<Int>
  /// The place in the stream where the bytes end.
  var end: Int
  /// The number of bytes of the stream right before these that were not captured.
  var missingBefore: Int
  /// The number of the packet in the capture.
  var number: Int
  var acknowledged: Int?
  var time: Duration
}

/// An iterator over the reassembled stream: each byte once, from the first packet that has it, in stream order.
///
/// Since the whole capture is available, a hole that no segment fills is known to be a gap, and the bytes after it need
/// not wait. Takes n log n time for n segments, however they overlap: it visits them in the order of their starts, and
/// keeps those that extend over the current place in a heap.
struct StreamAssembly: IteratorProtocol {
  private let segments: [TCPStream.Segment]
  /// How far the stream went beyond its segments, if its end was lost.
  private let reached: (place: Int, number: Int, time: Duration)?
  private var place: Int
  private var overlapping = SegmentHeap()
  private var upcoming = 0
  private var hasEnded = false

  init(_ stream: TCPStream) {
    // Most captures have the segments in order, and then they are not copied.
    let isSorted = zip(stream.segments, stream.segments.dropFirst()).allSatisfy { !$1.isBefore($0) }
    segments = isSorted ? stream.segments : stream.segments.sorted { $0.isBefore($1) }
    reached = stream.reached.map { (min($0.place, stream.finish ?? $0.place), $0.number, $0.time) }
    hasEnded = stream.start == nil && segments.isEmpty
    place = stream.start ?? segments.first?.start ?? 0
  }

  mutating func next() -> StreamPiece? {
    if hasEnded { return nil }
    let before = place
    guard let segment = nextSegment() else {
      hasEnded = true
      return lostEnd()
    }
    let end = upcoming < segments.count ? min(segment.end, segments[upcoming].start) : segment.end
    let first = segment.bytes.lowerBound + (place - segment.start)
    let piece = StreamPiece(
      bytes: first..<first + (end - place), end: end, missingBefore: place - before, number: segment.number,
      acknowledged: segment.acknowledged, time: segment.time)
    place = end
    return piece
  }

  /// Returns the first captured of the segments that extend over the current place. Goes to the next segment if none
  /// does.
  private mutating func nextSegment() -> TCPStream.Segment? {
    while true {
      while upcoming < segments.count, segments[upcoming].start <= place {
        overlapping.insert(segments[upcoming])
        upcoming += 1
      }
      while let segment = overlapping.first, segment.end <= place { overlapping.removeFirst() }
      if let segment = overlapping.first { return segment }
      guard upcoming < segments.count else { return nil }
      place = segments[upcoming].start
    }
  }

  /// Returns a mark for the bytes after the last segment that were sent and not captured.
  private func lostEnd() -> StreamPiece? {
    guard let reached, reached.place > place else { return nil }
    return StreamPiece(
      bytes: 0..<0, end: reached.place, missingBefore: reached.place - place, number: reached.number,
      time: reached.time)
  }
}

extension TCPStream.Segment {
  fileprivate func isBefore(_ other: Self) -> Bool { (start, number) < (other.start, other.number) }
}

/// A binary heap of segments with the one captured first on top.
private struct SegmentHeap {
  private var items: [TCPStream.Segment] = []

  var first: TCPStream.Segment? { items.first }

  mutating func insert(_ segment: TCPStream.Segment) {
    items.append(segment)
    var child = items.count - 1
    while child > 0, items[child].number < items[(child - 1) / 2].number {
      items.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() {
    items.swapAt(0, items.count - 1)
    items.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < items.count && items[child].number < items[least].number {
        least = child
      }
      if least == parent { return }
      items.swapAt(parent, least)
      parent = least
    }
  }
}
