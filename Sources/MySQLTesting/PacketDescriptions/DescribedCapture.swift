import Foundation

/// A capture in words, packet by packet. The bytes stay in the file and memory holds only the positions of the
/// segments, so captures may be larger than memory.
package struct DescribedCapture {
  private let file: Data
  private let flows: FlowTable
  /// Whether the file ends in the middle of a record.
  package let isCutShort: Bool

  package init(path: String) throws(CaptureError) {
    let file: Data
    do {
      file = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
    var flows = FlowTable()
    let read = file.withUnsafeBytes { bytes in
      Result<Bool, CaptureError> { () throws(CaptureError) in
        try flows.readAll(of: RawSpan(_unsafeBytes: bytes))
      }
    }
    isCutShort = try read.get()
    self.file = file
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
      file.withUnsafeBytes { bytes in
        flow.forEachPiece { piece, direction in
          if piece.missingBefore > 0 { describer.lose(piece.missingBefore, from: direction, packet) }
          describer.receive(UnsafeRawBufferPointer(rebasing: bytes[piece.bytes]), from: direction, packet)
        }
      }
      describer.end(packet)
    }
  }
}
