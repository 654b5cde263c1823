/// One connection: a stream for each direction.
struct Flow {
  private(set) var client: CapturedEndpoint
  private(set) var server: CapturedEndpoint
  private(set) var clientStream = TCPStream()
  private(set) var serverStream = TCPStream()

  init(_ segment: TCPSegment) {
    let isFromClient =
      segment.isSYN ? segment.acknowledgement == nil : segment.source.port >= segment.destination.port
    client = isFromClient ? segment.source : segment.destination
    server = isFromClient ? segment.destination : segment.source
    add(segment)
  }

  /// Whether the segment begins another connection between the same ports: a SYN that is neither the
  /// missing start of this flow's stream nor a copy of it.
  func isOver(at segment: TCPSegment) -> Bool {
    let stream = segment.source == client ? clientStream : serverStream
    guard segment.isSYN, let origin = stream.origin else { return false }
    return segment.sequence &+ 1 != origin
  }

  mutating func add(_ segment: TCPSegment) {
    if segment.source == client {
      clientStream.add(segment, acknowledging: &serverStream)
    } else {
      serverStream.add(segment, acknowledging: &clientStream)
    }
  }
}
