import MySQLTesting
import MySQLWire

/// The captures of real servers.
enum Captures {
  /// The captures in which TLS or compression starts; nothing can be read from then on.
  static let unreadable = Fixtures.names.filter { $0.contains("-start-") }
  static let readable = Fixtures.names.filter { !$0.contains("-start-") }

  static func load(_ name: String) throws -> CaptureFile {
    try CaptureFile(path: Fixtures.capturePath(name))
  }

  /// Returns the payloads of both sides, in the order of the turns in which they end.
  static func packets(of conversation: CaptureFile.Conversation) -> [(StreamDirection, [UInt8])] {
    var client = PacketFramer()
    var server = PacketFramer()
    var packets: [(StreamDirection, [UInt8])] = []
    for turn in conversation.turns {
      let payloads =
        turn.direction == .client ? client.payloads(after: turn.bytes) : server.payloads(after: turn.bytes)
      packets += payloads.map { (turn.direction, $0) }
    }
    return packets
  }
}

extension PacketFramer {
  fileprivate mutating func payloads(after bytes: [UInt8]) -> [[UInt8]] {
    queue.append(bytes.span.bytes)
    var payloads: [[UInt8]] = []
    while let header = try? nextHeader() {
      sequence = header.sequence
      guard let packet = try? next() else { break }
      payloads.append(packet.payload)
    }
    return payloads
  }
}
