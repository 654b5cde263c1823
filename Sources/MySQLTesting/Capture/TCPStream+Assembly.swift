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

extension TCPStream {
  /// Reassembles the stream: each byte once, from the first packet that has it, in stream order.
  ///
  /// Since the whole capture is available, a hole that no segment fills is known to be a gap, and the bytes after it
  /// need not wait. Takes n log n time for n segments, however they overlap: it visits them in the order of their
  /// starts, and keeps those that extend over the current place in a heap.
  func assemble() -> [StreamPiece] {
    let segments = segments.sorted { ($0.start, $0.number) < ($1.start, $1.number) }
    guard var place = start ?? segments.first?.start else { return [] }
    var pieces: [StreamPiece] = []
    var overlapping = SegmentHeap()
    var upcoming = 0
    var missing = 0
    while true {
      while upcoming < segments.count, segments[upcoming].start <= place {
        overlapping.insert(segments[upcoming])
        upcoming += 1
      }
      while let segment = overlapping.first, segment.end <= place { overlapping.removeFirst() }
      guard let segment = overlapping.first else {
        guard upcoming < segments.count else { break }
        missing += segments[upcoming].start - place
        place = segments[upcoming].start
        continue
      }
      let end = upcoming < segments.count ? min(segment.end, segments[upcoming].start) : segment.end
      let first = segment.bytes.lowerBound + (place - segment.start)
      pieces.append(
        StreamPiece(
          bytes: first..<first + (end - place), end: end, missingBefore: missing, number: segment.number,
          acknowledged: segment.acknowledged, time: segment.time))
      missing = 0
      place = end
    }
    if let reached {
      let lost = min(reached.place, finish ?? reached.place) - place
      if lost > 0 {
        pieces.append(
          StreamPiece(
            bytes: 0..<0, end: place + lost, missingBefore: lost, number: reached.number,
            time: reached.time))
      }
    }
    return pieces
  }
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
