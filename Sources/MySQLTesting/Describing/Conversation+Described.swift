extension Conversation {
  /// Every packet in words.
  package var described: [DescribedPacket] {
    var describer = PacketDescriber()
    var packets: [DescribedPacket] = []
    for turn in turns {
      if turn.missingBefore > 0 {
        packets.append(describer.lose(turn.missingBefore, from: turn.direction))
      }
      packets += describer.receive(turn.bytes, from: turn.direction)
    }
    return packets
  }
}
