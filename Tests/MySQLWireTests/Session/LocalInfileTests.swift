import MySQLWire
import Testing

@Suite(.busy) struct LocalInfileTests {
  static let capabilities = Capabilities.withOK.union(.localFiles)
  static let request = [0xFB] + Array("/etc/passwd".utf8)

  private func asked() throws -> Dialogue {
    let dialogue = try Dialogue.loggedIn(Self.capabilities)
    let events = try dialogue.exchange(.query("LOAD"), Self.request)
    #expect(events == [.localInfile(Array("/etc/passwd".utf8))])
    #expect(!dialogue.isIdle && !dialogue.hasOutput)
    return dialogue
  }

  @Test func sendsAFile() throws {
    let dialogue = try asked()
    try dialogue.session.sendFile([1, 2])
    try dialogue.session.sendFile([])
    try dialogue.session.sendFile([3])
    try dialogue.session.endFile()
    #expect(try dialogue.said() == [Said(2, [1, 2]), Said(3, [3]), Said(4, [])])
    #expect(try dialogue.hear(packet(5, ok(affected: 1))) == [.ok(.expected { $0.affectedRows = 1 })])
    #expect(dialogue.isIdle)
    #expect(throws: Misuse.noFileRequested) { try dialogue.session.sendFile([1]) }
  }

  @Test func sendsALargeFileInPieces() throws {
    let dialogue = try asked()
    let file = Bytes(repeating: 7, count: (3 << 20) + 1)
    try dialogue.session.sendFile(file)
    try dialogue.session.endFile()
    let said = try dialogue.said()
    #expect(said.map { $0.payload.count } == [1_048_576, 1_048_576, 1_048_576, 1, 0])
    #expect(said.map { $0.sequence } == [2, 3, 4, 5, 6])
  }

  @Test func countsPiecesBeyondTheLastSequenceID() throws {
    let dialogue = try asked()
    for _ in 0..<300 { try dialogue.session.sendFile([7]) }
    try dialogue.session.endFile()
    #expect(try dialogue.said().last == Said(46, []))
    #expect(try dialogue.hear(packet(47, failure())) == [.failed(.expected)])
    #expect(dialogue.isIdle)
  }

  @Test func refusesAFile() throws {
    let dialogue = try asked()
    try dialogue.session.endFile()
    #expect(try dialogue.said() == [Said(2, [])])
    #expect(try dialogue.hear(packet(3, failure())) == [.failed(.expected)])
    #expect(dialogue.isIdle)
    #expect(try dialogue.exchange(.ping, ok()) == [.ok()])
  }

  @Test func takesNoCommandWhileAFileIsAskedFor() throws {
    let dialogue = try asked()
    for command in [Command.ping, .closeStatement(1), .query("SELECT 1"), .quit] {
      #expect(throws: Misuse.busy) { try dialogue.send(command) }
    }
    #expect(!dialogue.hasOutput)
  }

  /// The server would take what is queued after the query for the file.
  @Test func queuesNothingAfterAQueryThatMayAskForAFile() throws {
    let dialogue = try Dialogue.loggedIn(Self.capabilities)
    try dialogue.send(.ping)
    try dialogue.send(.query("LOAD"))
    _ = dialogue.takeOutput()
    for command in [Command.ping, .closeStatement(1), .sendLongData(statement: 1, parameter: 0, [])] {
      #expect(throws: Misuse.busy) { try dialogue.send(command) }
    }
    #expect(!dialogue.hasOutput)
    #expect(try dialogue.hear(packet(1, ok()) + packet(1, ok())) == [.ok(), .ok()])
    try dialogue.send(.ping)
  }

  @Test func sendsAFileAmongSeveralResults() throws {
    let dialogue = try Dialogue.loggedIn(Self.capabilities)
    let first = result(Self.capabilities, ["a"], rows: [textRow("1")], status: .moreResults)
    let events = try dialogue.exchange(.query("SELECT; LOAD; SELECT"), first + [Self.request])
    #expect(events.last == .localInfile(Array("/etc/passwd".utf8)))
    try dialogue.session.sendFile([1])
    try dialogue.session.endFile()
    #expect(try dialogue.said() == [Said(6, [1]), Said(7, [])])
    let rest = try dialogue.hear(
      packets(from: 8, [ok(status: .moreResults)] + result(Self.capabilities, ["b"], rows: [textRow("2")])))
    #expect(rest == [try .ok(.moreResults), try .columns("b"), .row("2"), try .rowsEnd()])
    #expect(dialogue.isIdle)
  }

  @Test func refusesToBeAskedWhereThatIsOff() throws {
    for command in [Command.query("SELECT 1"), .execute(1)] {
      let dialogue = try Dialogue.loggedIn()
      #expect(throws: Violation.unexpectedPacket(.localInfile, header: 0xFB)) {
        try dialogue.exchange(command, Self.request)
      }
      #expect(!dialogue.hasOutput)
    }
    // Nor does any other command have files.
    for command in [Command.ping, .prepare("x"), .resetConnection] {
      let dialogue = try Dialogue.loggedIn(Self.capabilities)
      #expect(throws: Violation.self) { try dialogue.exchange(command, Self.request) }
    }
  }

  @Test func hearsWhyTheServerClosesWhileItWaits() throws {
    let dialogue = try asked()
    #expect(try dialogue.hear(packet(0, failure())) == [.closed(.expected)])
    for bytes in [packet(2, ok()), packet(2, []), packet(2, [0xFB])] {
      let other = try asked()
      #expect(throws: Violation.self) { try other.hear(bytes) }
    }
  }
}
