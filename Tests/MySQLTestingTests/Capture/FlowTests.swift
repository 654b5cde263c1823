import MySQLTesting
import Testing

/// Where conversations begin and end.
@Suite(.busy) struct FlowTests {
  @Test func joinsAConnectionMidway() throws {
    let conversation = try #require(
      try reassemble(.server(900, "rows", ack: 77), .client(79, "xt"), .client(77, "ne")).first)
    #expect(transcript(conversation) == ["S:rows", "C:next"])
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
    let conversations = try reassemble(
      .client(100, flags: "S"), .client(100, "early", flags: "S"), .server(500, ack: 106, flags: "S"),
      .server(500, ack: 106, flags: "S"),
      .client(106, " late"))
    #expect(conversations.map(transcript) == [["C:early late"]])
  }

  @Test func beginsANewConversationWhenThePortsAreUsedAgain() throws {
    let conversations = try reassemble(
      .client(100, flags: "S"), .client(101, "one"), .client(104, flags: "R"),
      .client(7000, flags: "S").ports(client: 50_001), .client(9000, flags: "S"),
      .server(3, ack: 9001, flags: "S"),
      .client(9001, "two"), .client(7001, "three").ports(client: 50_001))
    #expect(conversations.map(transcript) == [["C:one"], ["C:three"], ["C:two"]])
    #expect(conversations.map(\.clientEnd) == [.rst, .open, .open])
  }

  @Test func takesNothingFromAResetButTheEnd() throws {
    let conversation = try #require(
      try reassembleOpened(
        .server(501, "bye"), .server(504, flags: "F"), .client(0, "wild", flags: "R"),
        .server(505, flags: "R")))
    #expect(transcript(conversation) == ["S:bye"])
    #expect((conversation.clientEnd, conversation.serverEnd) == (.rst, .fin))
  }
}
