/// One direction of a connection: its segments as captured, with their places in the stream.
///
/// A place is a sequence number without the wraparound. The first known number is place zero, and every other number's
/// place follows from its distance to the one before it, so that a stream of any length keeps its order.
struct TCPStream {
  /// The first known sequence number: the one after a SYN, that of a segment, or an acknowledged one.
  private(set) var origin: UInt32?
  /// The place where the stream begins, if its SYN was captured.
  private(set) var start: Int?
  /// How far the sender had got, captured or not, according to its own packets and to what the other side acknowledged;
  /// and the packet that showed it.
  private(set) var reached: (place: Int, number: Int, time: Duration)?
  /// The place where the stream ends, if its FIN was captured. The FIN has a sequence number of its own, which is not a
  /// lost byte.
  private(set) var finish: Int?
  private(set) var segments: [Segment] = []
  private(set) var end = CaptureFile.Conversation.End.open
  private var last = (sequence: UInt32(0), place: 0)

  /// A segment with payload.
  struct Segment {
    let start: Int
    let bytes: Range<Int>
    /// The packet's number in the capture.
    let number: Int
    /// The place up to which the sender had received the other direction.
    let acknowledged: Int?
    let time: Duration

    var end: Int { start + bytes.count }
  }

  mutating func add(_ segment: TCPSegment, acknowledging other: inout TCPStream) {
    if segment.isRST {
      // The sequence number of an RST may be zero or guessed, and its payload is not part of the stream.
      if end == .open { end = .rst }
      return
    }
    let sequence = segment.isSYN ? segment.sequence &+ 1 : segment.sequence
    let place = place(of: sequence)
    last = (sequence, place)
    if segment.isSYN, start == nil { start = place }
    let segmentEnd = place + segment.payloadCount
    if segmentEnd > reached?.place ?? .min { reached = (segmentEnd, segment.number, segment.time) }
    if segment.isFIN {
      finish = min(finish ?? segmentEnd, segmentEnd)
      if end == .open { end = .fin }
    }
    let acknowledged = segment.acknowledgement.map { number in
      let place = other.place(of: number)
      other.noteReceived(upTo: place, by: segment)
      return place
    }
    if !segment.payload.isEmpty {
      segments.append(
        Segment(
          start: place, bytes: segment.payload, number: segment.number, acknowledged: acknowledged,
          time: segment.time))
    }
  }

  /// Records that the other side has received the stream up to a place, whether or not it was captured.
  private mutating func noteReceived(upTo place: Int, by segment: TCPSegment) {
    let known = max(reached?.place ?? .min, start ?? .min)
    // A FIN that was not captured takes one number, too. A stream of which nothing was captured has no beginning to
    // count from.
    guard known > .min, place > known + (finish == nil ? 1 : 0) else { return }
    reached = (place, segment.number, segment.time)
  }

  private mutating func place(of sequence: UInt32) -> Int {
    guard origin != nil else {
      origin = sequence
      last = (sequence, 0)
      return 0
    }
    return last.place + Int(Int32(bitPattern: sequence &- last.sequence))
  }
}
