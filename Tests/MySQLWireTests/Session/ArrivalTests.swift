import MySQLWire
import Testing

/// A session makes the same of the same bytes, whatever has arrived after them.
@Suite(.busy) struct ArrivalTests {
  @Test func takesNothingAfterAnEmptyPacketForAnError() {
    var framer = PacketFramer()
    framer.sequence = 1
    framer.queue.append(([0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 1] as [UInt8]).span.bytes)
    #expect(throws: Violation.sequence(expected: 1, received: 0)) { try framer.next() }
  }

  @Test func takesNothingAfterAnEmptyGreetingForTheGreeting() throws {
    var session = try Session(SessionSettings(user: Array("user".utf8)))
    session.receive(([0, 0, 0, 0, 0x48, 0x54, 0x54, 0x50] as [UInt8]).span.bytes)
    #expect(throws: Violation.truncated) { try session.next() }
  }

  @Test func handsOverTheGoodRowsThatArriveTogetherWithABrokenOne() throws {
    var session = try sessionWithRowsToCome()
    let rows: [UInt8] = [2, 0, 0, 3, 1, 0x31, 2, 0, 0, 4, 1, 0x32, 3, 0, 0, 5, 1, 0x33, 0]
    session.receive(rows.span.bytes)
    guard case .rows(let block) = try session.next() else {
      Issue.record("no rows")
      return
    }
    #expect(block.count == 2)
    #expect(throws: Violation.trailingBytes(in: .textRow)) { try session.next() }
  }

  @Test func handsOverTheEndThatArrivesTogetherWithTheLastRows() throws {
    var session = try sessionWithRowsToCome()
    let rows: [UInt8] = [2, 0, 0, 3, 1, 0x31, 7, 0, 0, 4, 0xFE, 0, 0, 2, 0, 3, 0]
    session.receive(rows.span.bytes)
    guard case .rows(let block) = try session.next() else {
      Issue.record("no rows")
      return
    }
    #expect(block.count == 1 && block.end?.warnings == 3)
    let isIdle = session.isIdle
    #expect(isIdle)
    guard case .needsInput = try session.next() else {
      Issue.record("the end came twice")
      return
    }
  }

  @Test func handsOverTheGoodRowsThatArriveTogetherWithABrokenEnd() throws {
    var session = try sessionWithRowsToCome()
    let rows: [UInt8] = [2, 0, 0, 3, 1, 0x31, 3, 0, 0, 4, 0xFE, 0, 0]
    session.receive(rows.span.bytes)
    guard case .rows(let block) = try session.next() else {
      Issue.record("no rows")
      return
    }
    #expect(block.count == 1 && block.end == nil)
    for _ in 0..<2 { #expect(throws: Violation.truncated) { try session.next() } }
  }

  private func sessionWithRowsToCome() throws -> Session {
    var settings = SessionSettings(user: Array("user".utf8))
    settings.capabilities = [.protocol41, .secureConnection, .deprecateEOF]
    var session = try Session(settings)
    let greeting: [UInt8] =
      [10] + Array("8.4.0".utf8) + [0, 1, 0, 0, 0] + Array(1...8) + [0, 0, 0x82, 255, 2, 0, 0, 1, 21]
      + Array(repeating: 0, count: 10) + Array(9...20) + [0]
    let column: [UInt8] =
      [3] + Array("def".utf8) + [0, 0, 0, 1, 0x63, 0, 12, 45, 0, 9, 0, 0, 0, 253] + [0, 0, 0, 0, 0]
    try feed(greeting, sequence: 0, to: &session)
    try feed([0, 0, 0, 2, 0, 0, 0], sequence: 2, to: &session)
    try session.send(.query(Array("SELECT c FROM t".utf8)))
    try feed([1], sequence: 1, to: &session)
    try feed(column, sequence: 2, to: &session)
    return session
  }

  private func feed(_ payload: [UInt8], sequence: UInt8, to session: inout Session) throws {
    let packet = [UInt8(payload.count), 0, 0, sequence] + payload
    session.receive(packet.span.bytes)
    while true {
      if case .needsInput = try session.next() { return }
    }
  }
}
