import MySQLTesting
import Testing

@Suite(.busy) struct ConversationTests {
  @Test func tellsWhereEachDirectionLacksBytes() {
    let conversation = CaptureFile.Conversation(turns: [
      .init(.server, [1, 2, 3]),
      .init(.client, [4], missingBefore: 7),
      .init(.server, [5, 6]),
      .init(.server, [7], missingBefore: 1_000_000),
    ])
    #expect(conversation.serverBytes == [1, 2, 3, 5, 6, 7])
    #expect(conversation.clientBytes == [4])
    #expect(
      conversation.gaps == [
        .init(direction: .client, offset: 0, count: 7),
        .init(direction: .server, offset: 5, count: 1_000_000),
      ])
    let last = conversation.gaps.last
    #expect(last?.direction == .server && last?.offset == 5 && last?.count == 1_000_000)
  }
}
