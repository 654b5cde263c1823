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
    let first: CapturedEndpoint
    let second: CapturedEndpoint

    var reversed: Pair { Pair(first: second, second: first) }
  }
}
