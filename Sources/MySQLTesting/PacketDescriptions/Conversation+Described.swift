extension CaptureFile.Conversation {
  /// Every packet in words.
  package var described: [DescribedPacket] {
    var describer = PacketDescriber()
    var packets: [DescribedPacket] = []
    for turn in turns {
      if turn.missingBefore > 0 {
        describer.lose(turn.missingBefore, from: turn.direction) { packets.append($0) }
      }
      describer.receive(turn.bytes, from: turn.direction) { packets.append($0) }
    }
    describer.end { packets.append($0) }
    return packets
  }
}
