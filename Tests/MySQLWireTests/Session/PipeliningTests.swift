import MySQLWire
import Testing

@Suite(.busy) struct PipeliningTests {
  @Test func answersCommandsOneAfterTheOther() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.resetConnection)
    try dialogue.send(.query("SELECT 1"))
    try dialogue.send(.closeStatement(4))
    try dialogue.send(.statistics)
    try dialogue.send(.prepare("x"))
    try dialogue.send(.ping)
    #expect(try dialogue.said().map { $0.sequence } == [0, 0, 0, 0, 0, 0])
    let answers =
      packets(ok()) + packets(result(.withOK, ["a"], rows: [textRow("1")])) + packets(Array("Uptime: 3".utf8))
      + packets(failure()) + packets(ok())
    var events: [ReplayEvent] = []
    for byte in answers {
      #expect(!dialogue.isIdle)
      events += try dialogue.hear([byte])
    }
    #expect(
      events == [
        try .ok(), try .columns("a"), .row("1"), try .rowsEnd(), .statistics("Uptime: 3"),
        .failed(.expected), try .ok(),
      ])
    #expect(dialogue.isIdle)
  }

  @Test func answersAHundredExecutions() throws {
    let dialogue = try Dialogue.loggedIn()
    var answers: Bytes = []
    for index in 0..<100 {
      try dialogue.send(.execute(1))
      answers += packets(index % 10 == 9 ? failure() : ok())
    }
    #expect(try dialogue.said().count == 100)
    let events = try dialogue.hear(answers)
    #expect(events.count == 100)
    for (index, event) in events.enumerated() {
      #expect(try event == (index % 10 == 9 ? .failed(.expected) : .ok()))
    }
    #expect(dialogue.isIdle)
  }

  @Test func takesCommandsInTheMiddleOfAResult() throws {
    let dialogue = try Dialogue.loggedIn()
    let payloads = result(.withOK, ["a"], rows: [textRow("1"), textRow("2")])
    try dialogue.send(.query("SELECT"))
    for (index, payload) in payloads.enumerated() {
      try dialogue.hear(packet(UInt8(index + 1), payload))
      if index < payloads.count - 1 { try dialogue.send(.ping) }
    }
    #expect(try dialogue.hear(packets(ok()) + packets(ok()) + packets(ok())) == [.ok(), .ok(), .ok()])
    #expect(!dialogue.isIdle)
    #expect(try dialogue.hear(packets(ok())) == [.ok()])
    #expect(dialogue.isIdle)
  }

  @Test func failsThePreparationAndTheExecutionSentAlong() throws {
    let dialogue = try Dialogue.loggedIn(.mariadb)
    try dialogue.send(.prepare("SELECT ?"))
    try dialogue.send(.execute(Execution.lastPrepared))
    try dialogue.send(.ping)
    #expect(
      try dialogue.hear(packets(failure()) + packets(failure()) + packets(ok())) == [
        .failed(.expected), .failed(.expected), .ok(),
      ])
    #expect(dialogue.isIdle)
  }

  @Test func knowsTheLastPacketOfALongCommandAmongOthers() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.ping)
    try dialogue.send(.prepare(String(repeating: " ", count: 1 << 24)))
    try dialogue.send(.ping)
    _ = dialogue.takeOutput()
    let answers = packet(1, ok()) + packet(2, prepareOK(1, columns: 0, parameters: 0)) + packet(1, ok())
    #expect(try dialogue.hear(answers).count == 3)
    #expect(dialogue.isIdle)
  }
}
