/// One direction of a connection: its segments as captured, with their places in the stream.
///
/// A place is a sequence number without the wraparound: the first number known is place zero, every other
/// lies at its distance from the one before it, so that a stream of any length keeps its order.
struct TCPStream {
  /// The first sequence number that is known: the one after a SYN, or of a segment, or acknowledged.
  private(set) var origin: UInt32?
  /// Where the stream begins, if its SYN was captured.
  private(set) var start: Int?
  /// How far the sender had come, captured or not, by its own packets and by what the other side
  /// acknowledged; and which packet told it.
  private(set) var reached: (place: Int, number: Int, time: Duration)?
  /// Where the stream ends, if its FIN was captured. The FIN takes a sequence number of its own, which is
  /// no lost byte.
  private(set) var finish: Int?
  private(set) var segments: [Segment] = []
  private(set) var end = Conversation.End.open
  private var last = (sequence: UInt32(0), place: 0)

  /// A segment with payload.
  struct Segment {
    let start: Int
    let bytes: Range<Int>
    /// The packet's number in the capture.
    let number: Int
    /// Up to where the sender had received the other direction.
    let acknowledged: Int?
    let time: Duration

    var end: Int { start + bytes.count }
  }

  mutating func add(_ segment: TCPSegment, acknowledging other: inout TCPStream) {
    if segment.isRST {
      // Its sequence number may be zero or guessed, its payload is no part of the stream.
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

  /// The other side has received the stream up to here, whether or not it was captured.
  private mutating func noteReceived(upTo place: Int, by segment: TCPSegment) {
    let known = max(reached?.place ?? .min, start ?? .min)
    // A FIN that was not captured takes one number, too; and a stream of which nothing was captured has no
    // beginning to count from.
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
