/// A capture in words, packet by packet. The bytes stay in the file and memory holds only the positions of the
/// segments, so captures may be larger than memory.
package struct DescribedCapture {
  private let file: MappedFile
  private let flows: FlowTable
  /// Whether the file ends in the middle of a record.
  package let isCutShort: Bool

  package init(path: String) throws(CaptureError) {
    file = try MappedFile(path: path)
    var flows = FlowTable()
    let read = file.withBytes { bytes, passed in
      Result<Bool, CaptureError> { () throws(CaptureError) in
        try flows.readAll(of: RawSpan(_unsafeBytes: bytes), passed)
      }
    }
    isCutShort = try read.get()
    self.flows = flows
  }

  /// Calls `conversation` with the two ends of each connection, and then `packet` with each of its packets.
  package func forEach(
    conversation: (_ client: CaptureFile.Conversation.Endpoint, _ server: CaptureFile.Conversation.Endpoint)
      -> Void,
    packet: (DescribedPacket) -> Void
  ) {
    for flow in flows.flows {
      conversation(.init(flow.client), .init(flow.server))
      var describer = PacketDescriber()
      file.withBytes { bytes, passed in
        flow.forEachPiece { piece, direction in
          if piece.missingBefore > 0 { describer.lose(piece.missingBefore, from: direction, packet) }
          describer.receive(UnsafeRawBufferPointer(rebasing: bytes[piece.bytes]), from: direction, packet)
          passed(piece.bytes)
        }
      }
      describer.end(packet)
    }
  }
}
