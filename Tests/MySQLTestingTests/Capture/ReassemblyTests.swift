import MySQLTesting
import Testing

@Suite(.busy) struct ReassemblyTests {
  @Test func tellsWhoSaidWhatInTurns() throws {
    let conversation = try #require(
      try reassembleOpened(
        .server(501, "gree"), .server(505, "ting"), .client(101, "login"), .server(509, "ok"),
        .client(106, flags: "F"), .server(511, flags: "F")))
    #expect(transcript(conversation) == ["S:greeting", "C:login", "S:ok"])
    #expect(conversation.turns.map(\.time) == [1003, 1005, 1006].map { .seconds($0) + .microseconds(500) })
    #expect(conversation.clientBytes == Array("login".utf8))
    #expect(conversation.serverBytes == Array("greetingok".utf8))
    #expect((conversation.clientEnd, conversation.serverEnd) == (.fin, .fin))
    #expect(!conversation.beginsMidway)
    #expect(conversation.gaps.isEmpty)
  }

  @Test func takesEachByteOnceFromItsFirstCopy() throws {
    #expect(
      transcript(
        try reassembleOpened(
          .client(101, "abcd"), .client(101, "ABCD"), .client(103, "CDef"), .client(104, "D"),
          .client(101, "ABCDEFgh"))) == ["C:abcdefgh"])
  }

  @Test func takesAnOverlapFromTheSegmentCapturedFirst() throws {
    #expect(
      transcript(try reassembleOpened(.client(104, "def"), .client(101, "ABCDEFGHI"), .client(108, "x")))
        == ["C:ABCdefGHI"])
  }

  @Test func deliversReorderedBytesOnceTheHoleBeforeThemIsFilled() throws {
    #expect(
      transcript(
        try reassembleOpened(
          .client(104, "d"), .client(103, "c"), .server(501, "late"), .client(101, "ab"), .server(505, "!")))
        == ["S:late", "C:abcd", "S:!"])
  }

  @Test func putsAQuestionBeforeItsAnswerIfTheAcknowledgementsSaySo() throws {
    #expect(
      transcript(
        try reassembleOpened(
          .server(501, "answer", ack: 104), .client(101, "ask", ack: 501), .client(104, "next", ack: 507)))
        == ["C:ask", "S:answer", "C:next"])
  }

  @Test func countsOnPastTheHighestSequenceNumber() throws {
    let conversations = try reassemble(
      .client(.max - 3, flags: "S"), .client(.max - 2, "abc"), .client(3, "gh"), .client(0, "def"),
      .client(.max, "CDE"))
    #expect(conversations.map(transcript) == [["C:abcdefgh"]])
  }
}
