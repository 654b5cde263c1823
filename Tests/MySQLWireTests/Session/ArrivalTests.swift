import MySQLWire
import Testing

/// A session says the same of the same bytes, whatever has arrived behind them.
@Suite struct ArrivalTests {
  @Test func takesNothingBehindAnEmptyPacketForAnError() {
    var framer = PacketFramer()
    framer.sequence = 1
    framer.queue.append(([0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 1] as [UInt8]).span.bytes)
    #expect(throws: Violation.sequence(expected: 1, received: 0)) { try framer.next() }
  }

  @Test func takesNothingBehindAnEmptyGreetingForTheGreeting() throws {
    var session = try Session(SessionSettings(user: Array("user".utf8)))
    session.receive(([0, 0, 0, 0, 0x48, 0x54, 0x54, 0x50] as [UInt8]).span.bytes)
    #expect(throws: Violation.truncated) { try session.next() }
  }
}
