import MySQLTesting
import Testing

@Suite(.busy) struct NetworkLayerTests {
  private let packet = Packet.client(9, "hello", flags: "S")

  private func read(_ packets: [UInt8]..., link: UInt32) throws -> CaptureFile {
    try CaptureFile(bytes: CaptureWriter(link: link).pcap(packets))
  }

  @Test(arguments: [[], [0x8100], [0x88A8, 0x8100], [0x9100, 0x8100]] as [[UInt16]])
  func looksPastUpToTwoVLANTags(tags: [UInt16]) throws {
    #expect(
      try read(packet.ethernet(tags: tags), link: 1).conversations.map(\.clientBytes) == [packet.payload])
  }

  @Test(
    arguments: [
      (0, [2, 0, 0, 0]), (0, [0, 0, 0, 2]), (108, [0, 0, 0, 2]), (101, []), (12, []), (14, []),
      (113, [0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0x00]),
      (113, [0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0x81, 0x00, 0, 42, 0x08, 0x00]),
      (276, [0x08, 0x00, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0]),
    ] as [(UInt32, [UInt8])])
  func readsIPv4OnEveryLink(link: UInt32, header: [UInt8]) throws {
    let conversation = try #require(try read(header + packet.ipv4(), link: link).conversations.first)
    #expect(conversation.clientBytes == packet.payload)
    #expect(conversation.client == .init(address: "10.0.0.1", port: 50_000))
    #expect(conversation.server == .init(address: "10.0.0.2", port: 3306))
  }

  @Test(
    arguments: [
      (0, [10, 0, 0, 0]), (0, [24, 0, 0, 0]), (0, [28, 0, 0, 0]), (0, [0, 0, 0, 30]), (108, [0, 0, 0, 24]),
      (101, []), (1, Array(repeating: 7, count: 12) + [0x86, 0xDD]),
      (113, [0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0x86, 0xDD]),
      (276, [0x86, 0xDD, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0]),
    ] as [(UInt32, [UInt8])])
  func readsIPv6OnEveryLink(link: UInt32, header: [UInt8]) throws {
    let conversation = try #require(try read(header + packet.ipv6(), link: link).conversations.first)
    #expect(conversation.clientBytes == packet.payload)
    #expect(conversation.client == .init(address: "2001:db8::1:0:0:1", port: 50_000))
  }

  @Test func passesOverIPOptionsAndExtensionHeaders() throws {
    let extended = packet.ipv6(extensions: [(0, 0), (43, 2), (60, 1)])
    for bytes in [packet.ipv4(options: 40), extended] {
      #expect(try read(bytes, link: 101).conversations.map(\.clientBytes) == [packet.payload])
    }
  }

  @Test func takesEthernetPaddingForNoPartOfTheStream() throws {
    let file = try read(packet.ethernet() + [0, 0, 0, 0, 0, 0], link: 1)
    #expect(file.conversations.map(\.clientBytes) == [packet.payload])
  }

  @Test func readsToThePacketsEndWhereTheCardWasToCutItUp() throws {
    for bytes in [packet.ipv4(count: 0), packet.ipv6(count: 0)] {
      #expect(try read(bytes, link: 101).conversations.map(\.clientBytes) == [packet.payload])
    }
  }

  @Test func countsThePacketsThatItIgnores() throws {
    var expected = IgnoredPackets()
    expected.fragments = 3
    expected.notTCP = 2
    expected.malformed = 3
    let file = try read(
      packet.ipv4(fragment: 0x2000), packet.ipv4(fragment: 100), packet.ipv6(extensions: [(44, 0)]),
      packet.ipv4(transport: 17), packet.ipv6(extensions: [(17, 0)]),
      Array(packet.ipv4().prefix(30)), packet.ipv4(count: 30), [0x50],
      packet.ipv4(), link: 101)
    #expect(file.ignored == expected)
    #expect(file.conversations.map(\.clientBytes) == [packet.payload])
  }

  @Test(
    arguments: [
      ([0, 0, 0, 0, 0, 0, 0, 1], "::1"), ([0, 0, 0, 0, 0, 0, 0, 0], "::"),
      ([0xFE80, 0, 0, 0, 0, 0, 0, 0], "fe80::"), ([1, 0, 0, 2, 0, 0, 0, 3], "1:0:0:2::3"),
      ([1, 0, 2, 3, 4, 5, 6, 0xABCD], "1:0:2:3:4:5:6:abcd"),
      ([0, 0, 0, 0, 0, 0xFFFF, 0x7F00, 1], "::ffff:127.0.0.1"),
    ] as [([UInt16], String)])
  func writesIPv6AddressesTheShortWay(groups: [UInt16], text: String) throws {
    var bytes = packet.ipv6()
    bytes.replaceSubrange(8..<24, with: groups.flatMap { big($0) })
    #expect(try read(bytes, link: 101).conversations.first?.client.address == text)
  }
}
