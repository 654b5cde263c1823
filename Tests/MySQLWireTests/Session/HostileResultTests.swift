import MySQLWire
import Testing

/// Results that no server should send.
@Suite(.busy) struct HostileResultTests {
  @Test(
    arguments: [
      (lengthEncoded(65_536), .limitExceeded(.columns)), (lengthEncoded(1 << 32), .limitExceeded(.columns)),
      (lengthEncoded(.max), .limitExceeded(.columns)), ([0xFC, 0, 0], .malformed(.columnCount)),
      ([2, 0], .trailingBytes(in: .columnCount)), ([0xFC, 1], .truncated), (eof(), .truncated),
      ([0xFE], .truncated), ([], .truncated),
    ] as [(Bytes, Violation)])
  func refusesColumnCountsThatLie(count: Bytes, violation: Violation) throws {
    let dialogue = try Dialogue.loggedIn()
    #expect(throws: violation) { try dialogue.exchange(.query("SELECT"), count) }
  }

  @Test(arguments: Capabilities.bothEnds)
  func refusesFewerAndMoreDefinitionsThanAnnounced(capabilities: Capabilities) throws {
    let end = capabilities.contains(.deprecateEOF) ? [] : [eof()]
    for announced in [1, 3] as [UInt8] {
      let dialogue = try Dialogue.loggedIn(capabilities)
      let payloads = [[announced], definition("a"), definition("b")] + end + [textRow("1", "2")]
      #expect(throws: Violation.self) { try dialogue.exchange(.query("SELECT"), payloads) }
    }
  }

  @Test func refusesTheOtherKindOfEnd() throws {
    for capabilities in Capabilities.bothEnds {
      let other: Bytes = capabilities.contains(.deprecateEOF) ? eof() : ok(header: 0xFE)
      let dialogue = try Dialogue.loggedIn(capabilities)
      #expect(throws: Violation.self) {
        try dialogue.exchange(.query("SELECT"), head(capabilities, ["a"]) + [other])
      }
    }
  }

  @Test func refusesDefinitionsLeftOutOfATextResult() throws {
    let dialogue = try Dialogue.loggedIn(.mariadb)
    try dialogue.exchange(
      .prepare("SELECT ?"), [prepareOK(1, columns: 1, parameters: 0)] + definitions(.mariadb, ["a"]))
    #expect(throws: Violation.malformed(.columnCount)) {
      try dialogue.exchange(.query("SELECT"), [1, 0], textRow("x"))
    }
  }

  @Test func refusesDefinitionsLeftOutOfAStatementThatIsNotKnown() throws {
    let dialogue = try Dialogue.loggedIn(.mariadb)
    try dialogue.exchange(
      .prepare("SELECT ?"), [prepareOK(2, columns: 1, parameters: 0)] + definitions(.mariadb, ["a"]))
    #expect(throws: Violation.malformed(.columnCount)) {
      try dialogue.exchange(.execute(1), [1, 0], binaryRow("x"))
    }
  }

  @Test(arguments: [[0x05], [0xFB], [0x01, 0x00]] as [Bytes])
  func refusesAnswersThatAreNotAnOK(payload: Bytes) throws {
    for command in [Command.ping, .resetConnection, .resetStatement(1), .setMultiStatements(true)] {
      let dialogue = try Dialogue.loggedIn()
      #expect(throws: Violation.malformed(.okPacket)) { try dialogue.exchange(command, payload) }
    }
  }
}
