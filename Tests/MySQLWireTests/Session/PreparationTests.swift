import MySQLWire
import Testing

@Suite(.busy) struct PreparationTests {
  @Test(arguments: Capabilities.bothEnds + [.mariadb], [(0, 0), (0, 2), (3, 0), (3, 2)])
  func readsAPreparation(capabilities: Capabilities, counts: (parameters: Int, columns: Int)) throws {
    let parameters = Array(["?", "?", "?"].prefix(counts.parameters))
    let columns = Array(["a", "b"].prefix(counts.columns))
    let payloads =
      [prepareOK(7, columns: UInt16(counts.columns), parameters: UInt16(counts.parameters), warnings: 1)]
      + definitions(capabilities, parameters) + definitions(capabilities, columns)
    let dialogue = try Dialogue.loggedIn(capabilities)
    let events = try dialogue.exchange(.prepare("SELECT"), payloads)
    let expected = ReplayEvent.prepared(
      id: 7, parameters: try parameters.map { name throws(Violation) in try .expected(name) },
      columns: try columns.map { name throws(Violation) in try .expected(name) })
    #expect(events == [expected])
    #expect(dialogue.isIdle)
    // And not before the last packet.
    for count in 0..<payloads.count {
      let cut = try Dialogue.loggedIn(capabilities)
      #expect(try cut.exchange(.prepare("SELECT"), Array(payloads[..<count])) == [])
      #expect(!cut.isIdle)
      #expect(try cut.hear(packet(UInt8(count + 1), failure())) == [.failed(.expected)])
      #expect(cut.isIdle)
    }
  }

  /// mysql-mimic (3.0) sends one after the definitions although CLIENT_DEPRECATE_EOF was agreed.
  @Test(arguments: [(0, 2), (3, 0), (3, 2)], [false, true])
  func passesOverAnEOFPacketThatShouldNotExist(
    counts: (parameters: Int, columns: Int), isBetween: Bool
  ) throws {
    let parameters = definitions(.withOK, Array(["?", "?", "?"].prefix(counts.parameters)))
    let columns = definitions(.withOK, Array(["a", "b"].prefix(counts.columns)))
    guard !isBetween || counts == (3, 2) else { return }
    let preparation =
      [prepareOK(7, columns: UInt16(counts.columns), parameters: UInt16(counts.parameters))] + parameters
      + (isBetween ? [eof()] : []) + columns + (isBetween ? [] : [eof()])
    let bytes = packets(preparation)
    for command in [Command.ping, .execute(7)] {
      let dialogue = try Dialogue.loggedIn()
      try dialogue.send(.prepare("SELECT"))
      // The EOF packet may come along, byte by byte, or not before the next command is sent.
      #expect(try dialogue.hear(bytes).count == 1)
      #expect(dialogue.isIdle)
      #expect(try dialogue.exchange(command, ok()) == [.ok()])

      let late = try Dialogue.loggedIn()
      try late.send(.prepare("SELECT"))
      #expect(try late.hear(Array(bytes.dropLast(9))).count == (isBetween ? 0 : 1))
      if !isBetween { try late.send(command) }
      var events: [ReplayEvent] = []
      for byte in bytes.suffix(9) { events += try late.hear([byte]) }
      if isBetween { try late.send(command) }
      #expect(events.count == (isBetween ? 1 : 0))
      #expect(try late.hear(packet(1, ok())) == [.ok()])
      #expect(late.isIdle)
    }
  }

  @Test func passesOverOneEOFPacketOnly() throws {
    let start = [prepareOK(7, columns: 1, parameters: 1)] + definitions(.withOK, ["?"])
    let between = try Dialogue.loggedIn()
    #expect(throws: Violation.unexpectedPacket(.columnDefinition, header: 0xFE)) {
      try between.exchange(.prepare("SELECT"), start + [eof(), eof()])
    }
    let after = try Dialogue.loggedIn()
    #expect(throws: Violation.unexpectedPacket(.response, header: 0xFE)) {
      try after.exchange(.prepare("SELECT"), start + definitions(.withOK, ["a"]) + [eof(), eof()])
    }
    // Nor a packet with another number, or one that is not an EOF packet.
    for payload in [eof(), [0x00, 0, 0, 2, 0]] as [Bytes] {
      let other = try Dialogue.loggedIn()
      try other.exchange(.prepare("SELECT"), start + definitions(.withOK, ["a"]))
      #expect(throws: Violation.self) {
        try other.hear(packet(payload.count == 5 && payload[0] == 0xFE ? 9 : 4, payload))
      }
    }
  }

  @Test(arguments: [
    [0], [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], prepareOK(1, columns: 0, parameters: 0) + [1],
  ])
  func refusesPreparationsThatLie(payload: Bytes) throws {
    let dialogue = try Dialogue.loggedIn()
    #expect(throws: Violation.self) { try dialogue.exchange(.prepare("x"), payload) }
  }
}
