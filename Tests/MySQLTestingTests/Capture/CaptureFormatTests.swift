import MySQLTesting
import Testing

@Suite(.busy) struct CaptureFormatTests {
  private let hello = Packet.client(9, "hello", flags: "S").ethernet()

  @Test(arguments: [false, true], [false, true])
  func readsPcapOfEitherByteOrderAndClock(bigEndian: Bool, nanoseconds: Bool) throws {
    let writer = CaptureWriter(isBigEndian: bigEndian)
    let file = try CaptureFile(bytes: writer.pcap([hello], nanoseconds: nanoseconds))
    let turn = try #require(file.conversations.first?.turns.first)
    #expect(turn.bytes == Array("hello".utf8))
    #expect(turn.time == .seconds(1000) + (nanoseconds ? .nanoseconds(500) : .microseconds(500)))
    #expect(!file.isCutShort)
  }

  @Test(arguments: [false, true])
  func readsEveryKindOfPacketBlock(bigEndian: Bool) throws {
    let writer = CaptureWriter(isBigEndian: bigEndian)
    let packets = ["one", "two", "three"].enumerated().map { index, text in
      Packet.client(UInt32(index * 3), text).ethernet()
    }
    let file = try CaptureFile(
      bytes: writer.pcapng([
        writer.interface(), writer.enhanced(packets[0]), writer.block(0x0BAD, [1, 2, 3, 4]),
        writer.simple(packets[1]), writer.obsolete(packets[2]),
      ]))
    let turn = try #require(file.conversations.first?.turns.first)
    #expect(turn.bytes == Array("onetwothree".utf8))
    #expect(turn.time == .seconds(1000) + .microseconds(500))
  }

  @Test(
    arguments: [
      (6, 1_500_000, .milliseconds(1500)), (9, 1_500_000_000, .milliseconds(1500)),
      (0, 1500, .seconds(1500)), (0x80 | 4, 1500, .milliseconds(93_750)),
      (19, .max, .nanoseconds(1_844_674_407)), (0x80 | 63, .max, .nanoseconds(1_999_999_999)),
    ] as [(UInt8, UInt64, Duration)])
  func countsTimeInTheInterfacesUnit(resolution: UInt8, ticks: UInt64, expected: Duration) throws {
    let writer = CaptureWriter()
    let file = try CaptureFile(
      bytes: writer.pcapng([
        writer.interface(options: [(2, Array("eth0".utf8)), (9, [resolution])]),
        writer.enhanced(hello, ticks: ticks),
      ]))
    let time = try #require(file.conversations.first?.turns.first?.time)
    #expect(time >= expected && time < expected + .nanoseconds(1))
  }

  @Test func addsTheInterfacesOffsetToTheTime() throws {
    let writer = CaptureWriter(isBigEndian: true)
    let file = try CaptureFile(
      bytes: writer.pcapng([
        writer.interface(options: [(14, big(Int64(-600)))]), writer.enhanced(hello),
      ]))
    #expect(file.conversations.first?.turns.first?.time == .seconds(400) + .microseconds(500))
  }

  @Test func beginsEachSectionWithItsOwnByteOrderAndInterfaces() throws {
    let first = CaptureWriter()
    let second = CaptureWriter(isBigEndian: true, link: 101)
    let more = Packet.client(15, " world").ipv4()
    let file = try CaptureFile(
      bytes: first.pcapng([first.interface(), first.enhanced(hello)])
        + second.pcapng([second.interface(), second.enhanced(more)]))
    #expect(file.conversations.map(\.clientBytes) == [Array("hello world".utf8)])

    #expect(throws: CaptureError.self) {
      try CaptureFile(
        bytes: first.pcapng([first.interface()]) + second.pcapng([second.enhanced(more)]))
    }
  }

  @Test func cutsASimplePacketAtTheSnapshotLength() throws {
    let writer = CaptureWriter()
    let file = try CaptureFile(
      bytes: writer.pcapng([
        writer.interface(snapshotLength: UInt32(hello.count - 2)),
        writer.simple(Array(hello.dropLast(2)), original: hello.count),
      ]))
    let conversation = try #require(file.conversations.first)
    #expect(conversation.clientBytes == Array("hel".utf8))
    #expect(conversation.gaps == [.init(direction: .client, offset: 3, count: 2)])
  }

  @Test func keepsWhatComesBeforeACutRecord() throws {
    let writer = CaptureWriter()
    let packets = [hello, Packet.client(15, " world").ethernet()]
    for bytes in [
      writer.pcap(packets), writer.pcapng([writer.interface()] + packets.map { writer.enhanced($0) }),
    ] {
      let file = try CaptureFile(bytes: bytes.dropLast(3))
      #expect(file.conversations.map(\.clientBytes) == [Array("hello".utf8)])
      #expect(file.isCutShort)
    }
  }

  @Test func saysWhyAFileIsNotACapture() {
    let writer = CaptureWriter(link: 127)
    #expect(throws: CaptureError.notACapture) { try CaptureFile(bytes: []) }
    #expect(throws: CaptureError.notACapture) { try CaptureFile(bytes: Array("SELECT 1".utf8)) }
    #expect(throws: CaptureError.unsupportedLinkType(127)) {
      try CaptureFile(bytes: writer.pcap([hello]))
    }
    #expect(throws: CaptureError.malformed(offset: 0, .fileHeader)) {
      try CaptureFile(bytes: Array(writer.pcap([]).prefix(23)))
    }
    #expect(throws: CaptureError.malformed(offset: 28, .block)) {
      try CaptureFile(bytes: writer.pcapng([[1, 0, 0, 0, 12, 0, 0, 0, 16, 0, 0, 0]]))
    }
    #expect(throws: CaptureError.malformed(offset: 0, .sectionHeader)) {
      try CaptureFile(bytes: [0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0])
    }
    #expect(throws: CaptureError.malformed(offset: 36, .interfaceDescription)) {
      try CaptureFile(bytes: writer.pcapng([[1, 0, 0, 0, 12, 0, 0, 0, 12, 0, 0, 0]]))
    }
    #expect {
      try CaptureFile(path: "/no/such/file.pcap")
    } throws: { error in
      guard case .unreadable(path: "/no/such/file.pcap", _) = error as? CaptureError else { return false }
      return true
    }
  }

  @Test func readsOnWhereOneInterfaceOfSeveralIsForeign() throws {
    let writer = CaptureWriter()
    let foreign = CaptureWriter(link: 127)
    let file = try CaptureFile(
      bytes: writer.pcapng([
        foreign.interface(), writer.interface(), writer.enhanced([1, 2, 3], interface: 0),
        writer.enhanced(hello, interface: 1),
      ]))
    #expect(file.conversations.map(\.clientBytes) == [Array("hello".utf8)])
    #expect(file.ignored.otherLinks == 1)
  }
}
