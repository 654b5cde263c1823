import MySQLWire
import Testing

@Suite(.busy) struct PreparedStatementTests {
  @Test(arguments: Capabilities.bothEnds + [.mariadb], [(0, 0), (0, 2), (3, 0), (3, 2)])
  func prepares(capabilities: Capabilities, counts: (parameters: Int, columns: Int)) throws {
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

  @Test(arguments: Capabilities.bothEnds)
  func executes(capabilities: Capabilities) throws {
    let dialogue = try Dialogue.loggedIn(capabilities)
    let rows = [binaryRow("1", nil), binaryRow(nil, "")]
    let events = try dialogue.exchange(.execute(7), result(capabilities, ["a", "b"], rows: rows))
    #expect(events == [try .columns("a", "b"), .row("1", nil), .row(nil, ""), try .rowsEnd()])
    #expect(try dialogue.exchange(.execute(7), ok()) == [.ok()])
    #expect(dialogue.isIdle)
  }

  @Test func readsTheResultsOfACall() throws {
    let dialogue = try Dialogue.loggedIn()
    var payloads = result(.withOK, ["a"], rows: [binaryRow("1")], status: .moreResults)
    payloads += result(.withOK, ["out"], rows: [binaryRow("2")], status: [.outParameters, .moreResults])
    payloads += [ok()]
    let events = try dialogue.exchange(.execute(1), payloads)
    #expect(
      events == [
        try .columns("a"), .row("1"), try .rowsEnd(.moreResults),
        try .columns("out"), .row("2"), try .rowsEnd([.outParameters, .moreResults]), try .ok(),
      ])
    #expect(dialogue.isIdle)
  }

  /// If there are EOF packets, the one after the definitions says that the rows wait; otherwise an OK does.
  @Test(arguments: Capabilities.bothEnds)
  func opensACursorAndFetches(capabilities: Capabilities) throws {
    let dialogue = try Dialogue.loggedIn(capabilities)
    var opening = head(capabilities, ["a"], status: .cursorExists)
    if capabilities.contains(.deprecateEOF) { opening.append(end(capabilities, status: .cursorExists)) }
    var execution = Execution(statement: 5)
    execution.usesCursor = true
    #expect(
      try dialogue.exchange(.execute(execution), opening) == [.columns("a"), .rowsEnd(.cursorExists)])
    #expect(dialogue.isIdle)

    let columns = ResultColumns([try .expected("a")], format: .binary)
    let fetch = Command.fetch(statement: 5, rows: 2, columns: columns)
    #expect(
      try dialogue.exchange(
        fetch, binaryRow("1"), binaryRow(nil), end(capabilities, status: .cursorExists)) == [
          .row("1"), .row(nil), .rowsEnd(.cursorExists),
        ])
    #expect(
      try dialogue.exchange(fetch, binaryRow("3"), end(capabilities, status: .lastRowSent)) == [
        .row("3"), .rowsEnd(.lastRowSent),
      ])
    #expect(try dialogue.exchange(fetch, end(capabilities)) == [.rowsEnd()])
    #expect(try dialogue.exchange(fetch, failure()) == [.failed(.expected)])
    #expect(try dialogue.exchange(fetch, binaryRow("1"), failure()) == [.row("1"), .failed(.expected)])
    #expect(dialogue.isIdle)
  }

  @Test func executesAlongWithThePreparation() throws {
    let dialogue = try Dialogue.loggedIn(.mariadb)
    try dialogue.send(.prepare("SELECT ?"))
    try dialogue.send(.execute(Execution.lastPrepared))
    let preparation =
      [prepareOK(3, columns: 1, parameters: 1)] + definitions(.mariadb, ["?"]) + definitions(.mariadb, ["a"])
    // The server leaves out the definitions that it has just sent.
    let events = try dialogue.hear(
      packets(preparation) + packets([1, 0], binaryRow("x"), end(.mariadb)))
    #expect(events.count == 4)
    #expect(events[1...] == [try .columns("a"), .row("x"), try .rowsEnd()])
    #expect(dialogue.isIdle)
  }

  @Test func usesTheKnownColumnsUnlessTheServerSendsOthers() throws {
    let dialogue = try Dialogue.loggedIn(.mariadb)
    var execution = Execution(statement: 3)
    execution.knownColumns = ResultColumns([try .expected("a")], format: .binary)
    let left = try dialogue.exchange(.execute(execution), [1, 0], binaryRow("x"), end(.mariadb))
    #expect(left == [try .columns("a"), .row("x"), try .rowsEnd()])
    let sent = try dialogue.exchange(
      .execute(execution), result(.mariadb, ["b", "c"], rows: [binaryRow("x", "y")]))
    #expect(sent == [try .columns("b", "c"), .row("x", "y"), try .rowsEnd()])
    #expect(throws: Violation.malformed(.columnCount)) {
      try dialogue.exchange(.execute(execution), [2, 0], binaryRow("x", "y"))
    }
  }
}
