import MySQLWire
import Testing

@Suite(.busy) struct CommandAheadTests {
  private static func dialogue(isRequired: Bool = true) throws -> Dialogue {
    let dialogue = try Dialogue.loggedIn()
    dialogue.session.ahead = [CommandAhead(.query("SET a"), isRequired: isRequired)]
    return dialogue
  }

  @Test func goesOutWithTheNextCommandAndIsNotAnEvent() throws {
    let dialogue = try Self.dialogue()
    try dialogue.send(.closeStatement(7))
    #expect(try dialogue.said().map(\.payload.first) == [0x19])
    try dialogue.send(.query("SELECT 1"))
    let said = try dialogue.said()
    #expect(said.map { String(decoding: $0.payload.suffix(5), as: UTF8.self) } == ["SET a", "ECT 1"])
    #expect(said.map(\.sequence) == [0, 0])
    var events: [ReplayEvent] = []
    for byte in packets(ok()) + packets(result(.withOK, ["a"], rows: [textRow("1")])) {
      #expect(!dialogue.isIdle)
      events += try dialogue.hear([byte])
    }
    #expect(events == [try .columns("a"), .row("1"), try .rowsEnd()])
    #expect(dialogue.isIdle)
    #expect(try dialogue.exchange(.ping, ok()) == [.ok()])
  }

  @Test func aRefusalOfWhatIsRequiredEndsTheSession() throws {
    let dialogue = try Self.dialogue()
    try dialogue.send(.ping)
    #expect(throws: Violation.notReady(.expected)) { try dialogue.hear(packets(failure()) + packets(ok())) }
    #expect(dialogue.isClosed)
  }

  @Test func aRefusalOfWhatIsNotRequiredIsIgnored() throws {
    let dialogue = try Self.dialogue(isRequired: false)
    try dialogue.send(.ping)
    #expect(try dialogue.hear(packets(failure()) + packets(ok())) == [.ok()])
    _ = dialogue.takeOutput()
    try dialogue.send(.ping)
    #expect(try dialogue.said().count == 1)
  }

  /// The account has to send ALTER USER … IDENTIFIED BY first.
  @Test func anExpiredPasswordPostponesTheCommand() throws {
    let dialogue = try Self.dialogue()
    let expired = failure(1820)
    try dialogue.send(.query("SELECT 1"))
    _ = dialogue.takeOutput()
    #expect(try dialogue.hear(packets(expired) + packets(ok())) == [.ok()])
    try dialogue.send(.ping)
    #expect(try dialogue.said().count == 2)
    #expect(try dialogue.hear(packets(ok()) + packets(ok())) == [.ok()])
    try dialogue.send(.ping)
    #expect(try dialogue.said().count == 1)
  }

  @Test func aRequestForAFileIsNotAnAnswer() throws {
    let dialogue = try Self.dialogue()
    try dialogue.send(.ping)
    #expect(throws: Violation.self) { try dialogue.hear(packets([0xFB, 0x61])) }
    #expect(dialogue.isClosed)
  }

  @Test func aNewUserHasASessionOfTheirOwn() throws {
    let dialogue = try Self.dialogue()
    try dialogue.send(.changeUser(.test))
    #expect(try dialogue.said().map(\.payload.first) == [0x11])
    #expect(dialogue.session.ahead.isEmpty)
  }
}
