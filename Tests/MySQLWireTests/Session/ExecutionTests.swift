import MySQLWire
import Testing

@Suite(.busy) struct ExecutionTests {
  @Test(arguments: Capabilities.bothEnds)
  func readsTheResultOfAnExecution(capabilities: Capabilities) throws {
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
