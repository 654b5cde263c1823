/// A table that sorts the segments of a capture into connections.
struct FlowTable {
  /// The connections, in the order of their first packets.
  private(set) var flows: [Flow] = []
  var ignored = IgnoredPackets()
  /// The newest flow between two endpoints, given in either order.
  private var newest: [Pair: Int] = [:]

  mutating func add(_ segment: TCPSegment) {
    let pair = Pair(first: segment.source, second: segment.destination)
    if let index = newest[pair] ?? newest[pair.reversed], !flows[index].isOver(at: segment) {
      flows[index].add(segment)
      return
    }
    newest[pair.reversed] = nil
    newest[pair] = flows.count
    flows.append(Flow(segment))
  }

  private struct Pair: Hashable {
    let first: SocketAddress
    let second: SocketAddress

    var reversed: Pair { Pair(first: second, second: first) }
  }
}

/// One connection: a stream for each direction.
struct Flow {
  private(set) var client: SocketAddress
  private(set) var server: SocketAddress
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
