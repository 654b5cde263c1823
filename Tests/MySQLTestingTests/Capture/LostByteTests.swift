import MySQLTesting
import Testing

/// Bytes that were sent, but are not in the capture.
@Suite(.busy) struct LostByteTests {
  @Test func marksBytesThatTheCaptureLost() throws {
    let conversation = try #require(
      try reassembleOpened(.client(101, "ab"), .client(106, "fg"), .server(501, "x"), .client(108, "h")))
    #expect(transcript(conversation) == ["C:ab", "C:~3 fg", "S:x", "C:h"])
    #expect(conversation.gaps == [.init(direction: .client, offset: 2, count: 3)])
  }

  @Test func marksALossAtEitherEndOfADirection() throws {
    let conversation = try #require(
      try reassembleOpened(
        .client(104, "d"), .client(107, flags: "F"), .server(501, "x"), .server(504, ack: 107)))
    #expect(transcript(conversation) == ["C:~3 d", "C:~2 ", "S:x", "S:~2 "])
    #expect(conversation.clientEnd == .fin)
    #expect(conversation.serverEnd == .open)
  }

  @Test func marksWhatTheSnapshotLengthCutOff() throws {
    let cut = Array(Packet.client(101, "abcdef").ethernet().dropLast(4))
    let packets = openingPackets.map { $0.ethernet() } + [cut, Packet.client(107, "g").ethernet()]
    let file = try CaptureFile(bytes: CaptureWriter().pcap(packets))
    #expect(transcript(file.conversations.first) == ["C:ab", "C:~4 g"])
  }

  @Test func ignoresTheByteOfAKeepAlive() throws {
    #expect(
      transcript(
        try reassembleOpened(
          .client(100, "?"), .client(101, "ask"), .client(103, "?"), .client(104, "ed"))) == ["C:asked"])
  }

  /// What the other side acknowledges was sent, whether or not the capture has it.
  @Test func marksALostEndByItsAcknowledgement() throws {
    let conversation = try #require(
      try reassembleOpened(
        .client(101, "query"), .server(501, "answer", ack: 106), .client(106, ack: 507),
        .client(106, ack: 522), .client(106, "quit", ack: 522), .client(110, ack: 522, flags: "F")))
    #expect(transcript(conversation) == ["C:query", "S:answer", "S:~15 ", "C:quit"])
    #expect(conversation.gaps == [.init(direction: .server, offset: 6, count: 15)])
    #expect(throws: TestServerError.notReplayable("bytes are missing in the capture")) {
      _ = try ReplayServer(conversation: conversation)
    }
  }

  @Test func takesNoAcknowledgedFinishForALostByte() throws {
    let conversation = try #require(
      try reassembleOpened(
        .server(501, "bye"), .client(101, ack: 504), .client(101, ack: 505),
        .client(101, ack: 505, flags: "F")))
    #expect(transcript(conversation) == ["S:bye"])
    #expect(conversation.gaps.isEmpty)
  }
}
