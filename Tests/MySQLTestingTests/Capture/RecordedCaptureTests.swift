import Foundation
import MySQLTesting
import Testing

/// One conversation over loopback, as tcpdump and editcap recorded it: a greeting, then three questions with
/// answers of 300, 600 and 900 bytes.
@Suite(.busy) struct RecordedCaptureTests {
  static let directory =
    URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().path + "/Captures/"

  @Test(
    arguments: [
      ("ethernet.pcap", "127.0.0.1", 13406), ("ethernet.pcapng", "127.0.0.1", 13406),
      ("nanoseconds.pcap", "127.0.0.1", 13406), ("cooked1-ipv6.pcap", "::1", 13408),
      ("cooked2.pcap", "127.0.0.1", 13407),
    ] as [(String, String, UInt16)])
  func readsAnExchangeAsItTookPlace(name: String, address: String, port: UInt16) throws {
    let file = try CaptureFile(path: Self.directory + name)
    #expect(file.conversations.count == 1)
    let conversation = try #require(file.conversations.first)
    #expect(conversation.server == .init(address: address, port: port))
    #expect(conversation.client.address == address)
    #expect(conversation.turns.map(\.bytes) == Self.messages)
    #expect(
      conversation.turns.map(\.direction) == [.server, .client, .server, .client, .server, .client, .server])
    #expect((conversation.clientEnd, conversation.serverEnd) == (.fin, .fin))
    #expect(!conversation.beginsMidway)
    #expect(conversation.gaps.isEmpty)
    #expect(file.ignored == IgnoredPackets())
    #expect(zip(conversation.turns, conversation.turns.dropFirst()).allSatisfy { $0.time < $1.time })
    #expect(conversation.turns[0].time / .seconds(1) > 1.79e9)
  }

  @Test func readsTheSameFromAnyOrderOfThePacketsAndWithCopies() throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Self.directory + "ethernet.pcap")))
    var records: [[UInt8]] = []
    var position = 24
    while position < bytes.count {
      let end = position + 16 + Int(bytes[position + 8]) + Int(bytes[position + 9]) << 8
      records.append(Array(bytes[position..<end]))
      position = end
    }
    try #require(records.count == 15)
    var random = SeededGenerator(seed: 1)
    for _ in 0..<200 {
      let rest = records.dropFirst(2) + records.filter { _ in Bool.random(using: &random) }
      let shuffled = records.prefix(2) + rest.shuffled(using: &random)
      let file = try CaptureFile(bytes: Array(bytes[..<24] + shuffled.joined()))
      #expect(file.conversations.map { $0.turns.map(\.bytes) } == [Self.messages])
      #expect(file.conversations.allSatisfy { $0.gaps.isEmpty && !$0.beginsMidway })
    }
  }

  static let messages: [[UInt8]] = [Array("greeting".utf8)] + (1...3).flatMap(question)

  private static func question(_ number: Int) -> [[UInt8]] {
    let answer = (0..<300 * number).map { UInt8(truncatingIfNeeded: $0 * 31 + number) }
    return [Array("question\(number)".utf8), answer]
  }
}
