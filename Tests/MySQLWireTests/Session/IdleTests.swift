import MySQLWire
import Testing

@Suite(.busy) struct IdleTests {
  @Test func isIdleOnlyBetweenResponses() throws {
    let dialogue = try Dialogue()
    #expect(!dialogue.isIdle)
    try dialogue.hear(packet(0, ScriptedGreeting().payload))
    #expect(!dialogue.isIdle)
    try dialogue.hear(packet(2, ok()))
    #expect(dialogue.isIdle)
    try dialogue.send(.query("SELECT 1"))
    #expect(!dialogue.isIdle)
    for (index, payload) in result(.withOK, ["a"], rows: [textRow("x")]).enumerated() {
      #expect(!dialogue.isIdle)
      try dialogue.hear(packet(UInt8(index + 1), payload))
    }
    #expect(dialogue.isIdle)
  }

  @Test func isNotIdleWithSomethingUnread() throws {
    let dialogue = try Dialogue.loggedIn()
    dialogue.session.receive(([0x10] as Bytes).span.bytes)
    #expect(!dialogue.isIdle)
    #expect(try dialogue.events() == [] && !dialogue.isIdle)
  }

  @Test func isIdleAfterCommandsWithoutResponse() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.closeStatement(1))
    try dialogue.send(.sendLongData(statement: 1, parameter: 0, [1]))
    #expect(dialogue.isIdle)
    try dialogue.send(.quit)
    #expect(!dialogue.isIdle && dialogue.isClosed)
  }

  @Test(arguments: [0, 1, 7, 255] as [UInt8])
  func hearsWhyTheServerCloses(sequence: UInt8) throws {
    let dialogue = try Dialogue.loggedIn()
    let error = failure(4031, "HY000", "The client was disconnected by the server because of inactivity.")
    let events = try dialogue.hear(packet(sequence, error))
    #expect(events == [.closed(try ErrorPacket(payload: error))])
    #expect(dialogue.isClosed && !dialogue.isIdle)
    #expect(throws: Misuse.notReady) { try dialogue.send(.ping) }
    #expect(try dialogue.hear(packet(0, ok())) == [])
  }

  @Test func hearsTheReasonByteByByte() throws {
    let dialogue = try Dialogue.loggedIn()
    let bytes = packet(3, failure())
    for byte in bytes.dropLast() { #expect(try dialogue.hear([byte]) == []) }
    #expect(try dialogue.hear(bytes.suffix(1)) == [.closed(.expected)])
  }

  /// At any point of an exchange, an error with the id 0 comes from a server that is closing.
  @Test(arguments: Capabilities.bothEnds)
  func hearsTheReasonInTheMiddleOfAnExchange(capabilities: Capabilities) throws {
    let payloads = result(capabilities, ["a", "b"], rows: [textRow("1", "2"), textRow("3", "4")])
    for count in 0..<payloads.count {
      let dialogue = try Dialogue.loggedIn(capabilities)
      try dialogue.exchange(.query("SELECT"), Array(payloads[..<count]))
      #expect(try dialogue.hear(packet(0, failure())) == [.closed(.expected)])
      #expect(dialogue.isClosed)
    }
  }

  @Test(arguments: [
    packet(0, ok()), packet(1, ok()), packet(0, eof()), packet(0, [1]), packet(9, textRow("x")),
    packet(0, []), Array("HTTP/1.1 200 OK".utf8),
    // Sixteen megabytes are announced, and refused at once.
    [0xFF, 0xFF, 0xFF, 0, 0x41],
  ])
  func refusesAnythingElse(bytes: Bytes) throws {
    let dialogue = try Dialogue.loggedIn()
    #expect(throws: Violation.self) { try dialogue.hear(bytes) }
    #expect(dialogue.isClosed && !dialogue.isIdle)
  }

  @Test func repeatsItsViolation() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.query("SELECT 1"))
    _ = dialogue.takeOutput()
    let violation = Violation.sequence(expected: 1, received: 2)
    #expect(throws: violation) { try dialogue.hear(packet(2, ok())) }
    #expect(throws: violation) { try dialogue.hear(packet(1, ok())) }
    #expect(throws: violation) { try dialogue.events() }
    #expect(dialogue.isClosed && !dialogue.isIdle)
    #expect(throws: Misuse.notReady) { try dialogue.send(.ping) }
    #expect(throws: Misuse.noFileRequested) { try dialogue.session.sendFile([1]) }
    #expect(throws: Misuse.noFileRequested) { try dialogue.session.endFile() }
    #expect(!dialogue.hasOutput)
  }

  @Test func takesNoCommandBeforeTheLogin() throws {
    let dialogue = try Dialogue()
    #expect(throws: Misuse.notReady) { try dialogue.send(.ping) }
    try dialogue.hear(packet(0, ScriptedGreeting().payload))
    _ = dialogue.takeOutput()
    #expect(throws: Misuse.notReady) { try dialogue.send(.ping) }
    #expect(!dialogue.hasOutput)
  }
}
