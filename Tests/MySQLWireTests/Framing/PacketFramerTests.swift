import MySQLWire
import Testing

@Suite(.busy) struct PacketFramerTests {
  static let boundaries = [
    0, 1, (1 << 24) - 2, (1 << 24) - 1, 1 << 24, (1 << 25) - 3, (1 << 25) - 2, (1 << 25) - 1,
  ]

  @Test(arguments: boundaries)
  func splitsAndJoinsPayloadsOfEverySize(size: Int) throws {
    let payload = Bytes(repeating: 0x61, count: size)
    var writer = PacketWriter()
    let following = writer.write(sequence: 3) { $0.write(payload) }
    let written = writer.take()
    #expect(written == packet(3, payload))
    #expect(written.count == size + 4 * (size / 0xFF_FFFF + 1))
    #expect(following == UInt8(3 + size / 0xFF_FFFF + 1))

    var framer = PacketFramer()
    framer.sequence = 3
    framer.queue.append(written.span.bytes)
    #expect(try framer.next()?.payload == payload)
    #expect(framer.sequence == following)
    #expect(framer.queue.isEmpty && !framer.isJoining)
  }

  @Test func appendsToWhatIsWrittenAlready() {
    var writer = PacketWriter()
    writer.write(sequence: 0) { $0.writeUInt8(7) }
    let large = Bytes(repeating: 0x62, count: 1 << 24)
    writer.write(sequence: 255) { $0.write(large) }
    writer.write(sequence: 1) { $0.writeUInt8(8) }
    #expect(writer.take() == packet(0, [7]) + packet(255, large) + packet(1, [8]))
    #expect(writer.isEmpty)
  }

  @Test func countsFrom255To0() throws {
    var framer = PacketFramer()
    framer.sequence = 255
    framer.queue.append((packet(255, [1]) + packet(0, [2])).span.bytes)
    #expect(try framer.next()?.payload == [1])
    #expect(try framer.next()?.payload == [2])
  }

  @Test func joinsPacketsThatArriveByteByByte() throws {
    let bytes = packet(0, [1, 2, 3]) + packet(1, []) + packet(2, [0xFF])
    var framer = PacketFramer()
    var payloads: [Bytes] = []
    for index in bytes.indices {
      framer.queue.append(bytes.span.extracting(index..<index + 1).bytes)
      while let packet = try framer.next() { payloads.append(packet.payload) }
    }
    #expect(payloads == [[1, 2, 3], [], [0xFF]])
  }

  @Test(arguments: 0..<3)
  func refusesAWrongSequenceIDAtEachPosition(position: UInt8) throws {
    for wrong in [0, position &+ 1, 255] as Set<UInt8> where wrong != position {
      var framer = PacketFramer()
      for index in 0..<3 as Range<UInt8> {
        framer.queue.append(packet(index == position ? wrong : index, [9]).span.bytes)
      }
      for _ in 0..<position { _ = try framer.next() }
      #expect(throws: Violation.sequence(expected: position, received: wrong)) { _ = try framer.next() }
    }
  }

  @Test func refusesAWrongSequenceIDInAContinuation() throws {
    var bytes = packet(0, Bytes(repeating: 1, count: 1 << 24))
    let second = 4 + 0xFF_FFFF + 3
    for wrong in [0, 2] as [UInt8] {
      bytes[second] = wrong
      // Not even an error packet may interrupt: what looks like one is the rest of the payload.
      bytes[second + 1] = 0xFF
      var framer = PacketFramer()
      framer.queue.append(bytes.span.bytes)
      #expect(throws: Violation.sequence(expected: 1, received: wrong)) { _ = try framer.next() }
    }
  }

  @Test func letsAnErrorWithTheID0InOutOfTurn() throws {
    var framer = PacketFramer()
    framer.sequence = 5
    framer.queue.append(packet(0, failure()).span.bytes)
    let packet = try #require(try framer.next())
    #expect(packet.isOutOfTurn && packet.payload == failure())
  }

  @Test func endsEndlessContinuationsAtTheLimit() throws {
    var framer = PacketFramer(payloadLimit: 40 << 20)
    let full = Bytes(repeating: 1, count: 0xFF_FFFF)
    for sequence in 0..<2 as Range<UInt8> {
      framer.queue.append(([0xFF, 0xFF, 0xFF, sequence] + full).span.bytes)
      #expect(try framer.next() == nil)
    }
    // The announced length is enough.
    framer.queue.append(([0xFF, 0xFF, 0xFF, 2] as Bytes).span.bytes)
    #expect(throws: Violation.limitExceeded(.payloadSize)) { _ = try framer.next() }
  }

  @Test func takesAPayloadOfExactlyTheLimit() throws {
    var framer = PacketFramer(payloadLimit: 8)
    framer.queue.append(packet(0, Bytes(repeating: 1, count: 8)).span.bytes)
    #expect(try framer.next()?.payload.count == 8)
    framer.queue.append(packet(1, Bytes(repeating: 1, count: 9)).span.bytes)
    #expect(throws: Violation.limitExceeded(.payloadSize)) { _ = try framer.next() }
  }

  @Test func givesLargeBuffersBack() throws {
    var framer = PacketFramer()
    framer.queue.append(packet(0, Bytes(repeating: 1, count: 20 << 20)).span.bytes)
    #expect(framer.queue.storage.capacity > 20 << 20)
    _ = try framer.next()
    #expect(framer.queue.storage.capacity == 0)
    // A small one is kept, so that the next read needs no allocation.
    framer.queue.append(packet(2, Bytes(repeating: 1, count: 1000)).span.bytes)
    _ = try framer.next()
    #expect(framer.queue.storage.capacity >= 1000)
  }
}
