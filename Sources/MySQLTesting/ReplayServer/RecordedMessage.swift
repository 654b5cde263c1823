import MySQLWire

/// A captured message: all packets of one payload.
struct RecordedMessage {
  var direction: StreamDirection
  /// The packets with their headers.
  var bytes: [UInt8]
  var payload: [UInt8]

  /// The sequence id of the first packet.
  var sequence: UInt8 { bytes[3] }
  /// The sequence id after that of the last packet.
  var nextSequence: UInt8
}

extension CaptureFile.Conversation {
  /// Calls the closure with each message of both sides, in the order in which they became complete.
  func forEachMessage(
    _ body: (RecordedMessage) throws(TestServerError) -> Void
  ) throws(TestServerError) {
    var client = RecordedStream(.client)
    var server = RecordedStream(.server)
    for turn in turns {
      switch turn.direction {
      case .client: try client.forEachMessage(after: turn.bytes, body)
      case .server: try server.forEachMessage(after: turn.bytes, body)
      }
    }
  }
}

/// One direction of a conversation.
private struct RecordedStream: ~Copyable {
  private let direction: StreamDirection
  private var framer = PacketFramer()
  private var sequence: UInt8 = 0

  init(_ direction: StreamDirection) { self.direction = direction }

  mutating func forEachMessage(
    after bytes: [UInt8], _ body: (RecordedMessage) throws(TestServerError) -> Void
  ) throws(TestServerError) {
    framer.queue.append(bytes.span.bytes)
    while let message = try next() { try body(message) }
  }

  private mutating func next() throws(TestServerError) -> RecordedMessage? {
    do {
      if !framer.isJoining {
        guard let header = try framer.nextHeader() else { return nil }
        sequence = header.sequence
        framer.sequence = sequence
      }
      guard let packet = try framer.next() else { return nil }
      var writer = PacketWriter()
      let next = writer.write(sequence: sequence) { $0.write(packet.payload) }
      return RecordedMessage(
        direction: direction, bytes: writer.take(), payload: packet.payload, nextSequence: next)
    } catch {
      throw .malformed("\(error)")
    }
  }
}
