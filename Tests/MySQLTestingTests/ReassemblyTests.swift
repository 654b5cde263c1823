import MySQLTesting
import Testing

@Suite(.busy) struct ReassemblyTests {
  private func read(_ packets: Packet...) throws -> [Conversation] {
    try CaptureFile(bytes: CaptureWriter().pcap(packets.map { $0.ethernet() })).conversations
  }

  /// Returns the turns as text: `C:` or `S:`, then `~3` if three bytes are missing, then what was sent.
  private func script(_ conversation: Conversation?) -> [String] {
    (conversation?.turns ?? []).map { turn in
      (turn.direction == .client ? "C:" : "S:") + (turn.missingBefore > 0 ? "~\(turn.missingBefore) " : "")
        + String(decoding: turn.bytes, as: UTF8.self)
    }
  }

  private let opening: [Packet] = [
    .client(100, flags: "S"), .server(500, ack: 101, flags: "S"), .client(101, ack: 501),
  ]

  private func readOpened(_ packets: Packet...) throws -> Conversation? {
    let bytes = CaptureWriter().pcap((opening + packets).map { $0.ethernet() })
    let conversations = try CaptureFile(bytes: bytes).conversations
    #expect(conversations.count == 1)
    return conversations.first
  }

  @Test func tellsWhoSaidWhatInTurns() throws {
    let conversation = try #require(
      try readOpened(
        .server(501, "gree"), .server(505, "ting"), .client(101, "login"), .server(509, "ok"),
        .client(106, flags: "F"), .server(511, flags: "F")))
    #expect(script(conversation) == ["S:greeting", "C:login", "S:ok"])
    #expect(conversation.turns.map(\.time) == [1003, 1005, 1006].map { .seconds($0) + .microseconds(500) })
    #expect(conversation.clientBytes == Array("login".utf8))
    #expect(conversation.serverBytes == Array("greetingok".utf8))
    #expect((conversation.clientEnd, conversation.serverEnd) == (.fin, .fin))
    #expect(!conversation.beginsMidway)
    #expect(conversation.gaps.isEmpty)
  }

  @Test func takesEachByteOnceFromItsFirstCopy() throws {
    #expect(
      script(
        try readOpened(
          .client(101, "abcd"), .client(101, "ABCD"), .client(103, "CDef"), .client(104, "D"),
          .client(101, "ABCDEFgh"))) == ["C:abcdefgh"])
  }

  @Test func takesAnOverlapFromTheSegmentCapturedFirstEvenIfItLiesBehind() throws {
    #expect(
      script(try readOpened(.client(104, "def"), .client(101, "ABCDEFGHI"), .client(108, "x")))
        == ["C:ABCdefGHI"])
  }

  @Test func deliversReorderedBytesOnceTheHoleBeforeThemIsFilled() throws {
    #expect(
      script(
        try readOpened(
          .client(104, "d"), .client(103, "c"), .server(501, "late"), .client(101, "ab"), .server(505, "!")))
        == ["S:late", "C:abcd", "S:!"])
  }

  @Test func putsAQuestionBeforeItsAnswerIfTheAcknowledgementsSaySo() throws {
    #expect(
      script(
        try readOpened(
          .server(501, "answer", ack: 104), .client(101, "ask", ack: 501), .client(104, "next", ack: 507)))
        == ["C:ask", "S:answer", "C:next"])
  }

  @Test func countsOnPastTheHighestSequenceNumber() throws {
    let conversations = try read(
      .client(.max - 3, flags: "S"), .client(.max - 2, "abc"), .client(3, "gh"), .client(0, "def"),
      .client(.max, "CDE"))
    #expect(conversations.map(script) == [["C:abcdefgh"]])
  }

  @Test func marksBytesThatTheCaptureLost() throws {
    let conversation = try #require(
      try readOpened(.client(101, "ab"), .client(106, "fg"), .server(501, "x"), .client(108, "h")))
    #expect(script(conversation) == ["C:ab", "C:~3 fg", "S:x", "C:h"])
    #expect(conversation.gaps == [.init(direction: .client, offset: 2, count: 3)])
  }

  @Test func marksALossAtEitherEndOfADirection() throws {
    let conversation = try #require(
      try readOpened(.client(104, "d"), .client(107, flags: "F"), .server(501, "x"), .server(504, ack: 107)))
    #expect(script(conversation) == ["C:~3 d", "C:~2 ", "S:x", "S:~2 "])
    #expect(conversation.clientEnd == .fin)
    #expect(conversation.serverEnd == .open)
  }

  @Test func marksWhatTheSnapshotLengthCutOff() throws {
    let cut = Array(Packet.client(101, "abcdef").ethernet().dropLast(4))
    let packets = opening.map { $0.ethernet() } + [cut, Packet.client(107, "g").ethernet()]
    let file = try CaptureFile(bytes: CaptureWriter().pcap(packets))
    #expect(script(file.conversations.first) == ["C:ab", "C:~4 g"])
  }

  @Test func joinsAConnectionMidway() throws {
    let conversation = try #require(
      try read(.server(900, "rows", ack: 77), .client(79, "xt"), .client(77, "ne")).first)
    #expect(script(conversation) == ["S:rows", "C:next"])
    #expect(conversation.beginsMidway)
    #expect(conversation.server.port == 3306)
    #expect(conversation.clientEnd == .open)
  }

  @Test func takesTheSenderOfTheSYNForTheClientWhateverThePorts() throws {
    let syn = Packet.client(1, flags: "S").ports(client: 1024, server: 33_060)
    let answer = Packet.server(1, ack: 2, flags: "S").ports(client: 1024, server: 33_060)
    for packets in [[syn, answer], [answer, syn]] {
      let file = try CaptureFile(bytes: CaptureWriter().pcap(packets.map { $0.ethernet() }))
      #expect(file.conversations.map(\.client.port) == [1024])
      #expect(file.conversations.map(\.beginsMidway) == [false])
    }
  }

  @Test func acceptsACopyOfTheSYNAndDataOnIt() throws {
    let conversations = try read(
      .client(100, flags: "S"), .client(100, "early", flags: "S"), .server(500, ack: 106, flags: "S"),
      .server(500, ack: 106, flags: "S"),
      .client(106, " late"))
    #expect(conversations.map(script) == [["C:early late"]])
  }

  @Test func beginsANewConversationWhenThePortsAreUsedAgain() throws {
    let conversations = try read(
      .client(100, flags: "S"), .client(101, "one"), .client(104, flags: "R"),
      .client(7000, flags: "S").ports(client: 50_001), .client(9000, flags: "S"),
      .server(3, ack: 9001, flags: "S"),
      .client(9001, "two"), .client(7001, "three").ports(client: 50_001))
    #expect(conversations.map(script) == [["C:one"], ["C:three"], ["C:two"]])
    #expect(conversations.map(\.clientEnd) == [.rst, .open, .open])
  }

  @Test func takesNothingFromAResetButTheEnd() throws {
    let conversation = try #require(
      try readOpened(
        .server(501, "bye"), .server(504, flags: "F"), .client(0, "wild", flags: "R"),
        .server(505, flags: "R")))
    #expect(script(conversation) == ["S:bye"])
    #expect((conversation.clientEnd, conversation.serverEnd) == (.rst, .fin))
  }

  @Test func ignoresTheByteOfAKeepAlive() throws {
    #expect(
      script(try readOpened(.client(100, "?"), .client(101, "ask"), .client(103, "?"), .client(104, "ed")))
        == ["C:asked"])
  }

  /// What the other side acknowledges was sent, whether or not the capture has it.
  @Test func marksALostEndByItsAcknowledgement() throws {
    let conversation = try #require(
      try readOpened(
        .client(101, "query"), .server(501, "answer", ack: 106), .client(106, ack: 507),
        .client(106, ack: 522), .client(106, "quit", ack: 522), .client(110, ack: 522, flags: "F")))
    #expect(script(conversation) == ["C:query", "S:answer", "S:~15 ", "C:quit"])
    #expect(conversation.gaps == [.init(direction: .server, offset: 6, count: 15)])
    #expect(throws: TestServerError.notReplayable("bytes are missing in the capture")) {
      _ = try ReplayServer(conversation: conversation)
    }
  }

  @Test func takesNoAcknowledgedFinishForALostByte() throws {
    let conversation = try #require(
      try readOpened(
        .server(501, "bye"), .client(101, ack: 504), .client(101, ack: 505),
        .client(101, ack: 505, flags: "F")))
    #expect(script(conversation) == ["S:bye"])
    #expect(conversation.gaps.isEmpty)
  }
}
