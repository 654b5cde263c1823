import MySQLTesting
import Testing

/// Returns the conversations of a capture of these packets.
func reassemble(_ packets: Packet...) throws -> [CaptureFile.Conversation] {
  try CaptureFile(bytes: CaptureWriter().pcap(packets.map { $0.ethernet() })).conversations
}

/// Returns the turns as text: `C:` or `S:`, then `~3` if three bytes are missing, then what was sent.
func transcript(_ conversation: CaptureFile.Conversation?) -> [String] {
  (conversation?.turns ?? []).map { turn in
    (turn.direction == .client ? "C:" : "S:") + (turn.missingBefore > 0 ? "~\(turn.missingBefore) " : "")
      + String(decoding: turn.bytes, as: UTF8.self)
  }
}

let openingPackets: [Packet] = [
  .client(100, flags: "S"), .server(500, ack: 101, flags: "S"), .client(101, ack: 501),
]

/// The same for the packets of one connection, after those that open it.
func reassembleOpened(_ packets: Packet...) throws -> CaptureFile.Conversation? {
  let bytes = CaptureWriter().pcap((openingPackets + packets).map { $0.ethernet() })
  let conversations = try CaptureFile(bytes: bytes).conversations
  #expect(conversations.count == 1)
  return conversations.first
}
