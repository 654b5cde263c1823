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

  /// Calls `conversation` with the two ends of each connection, and then `packet` with each of its packets and the time
  /// at which the last of its bytes was captured.
  ///
  /// - Parameter keepsContents: Whether packets come with their contents.
  package func forEach(
    keepsContents: Bool = false,
    conversation: (_ client: CaptureFile.Conversation.Endpoint, _ server: CaptureFile.Conversation.Endpoint)
      -> Void,
    packet: (DescribedPacket, _ time: Duration) -> Void
  ) {
    for flow in flows.flows {
      conversation(.init(flow.client), .init(flow.server))
      var describer = PacketDescriber(keepsContents: keepsContents)
      var time = Duration.zero
      file.withBytes { bytes, passed in
        flow.forEachPiece { piece, direction in
          // What a gap ends came before it.
          if piece.missingBefore > 0 {
            describer.lose(piece.missingBefore, from: direction) { packet($0, time) }
          }
          time = piece.time
          describer.receive(UnsafeRawBufferPointer(rebasing: bytes[piece.bytes]), from: direction) {
            packet($0, time)
          }
          passed(piece.bytes)
        }
      }
      describer.end { packet($0, time) }
    }
  }
}
