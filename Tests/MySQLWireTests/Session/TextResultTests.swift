import MySQLWire
import Testing

@Suite(.busy) struct TextResultTests {
  @Test func readsAnOK() throws {
    let dialogue = try Dialogue.loggedIn()
    let answer = ok(affected: 3, id: 9, status: .inTransaction, warnings: 2, info: "Records: 3")
    let expected = try OKPacket.expected(status: .inTransaction, warnings: 2) {
      $0.affectedRows = 3
      $0.lastInsertID = 9
      $0.info = "Records: 3"
    }
    #expect(try dialogue.exchange(.query("INSERT"), answer) == [.ok(expected)])
    #expect(dialogue.session.status == .inTransaction)
    #expect(dialogue.isIdle)
  }

  /// OKs of the same seven bytes share what was read from them, and others do not.
  @Test func tellsShortOKsApart() throws {
    let dialogue = try Dialogue.loggedIn()
    for (affected, id, status, warnings) in [
      (0, 0, [], 0), (0, 0, [], 0), (1, 0, [], 0), (1, 2, [], 0), (1, 2, .inTransaction, 0),
      (1, 2, .inTransaction, 3), (1, 2, .inTransaction, 0x0301), (1, 2, .inTransaction, 0x0301),
      (250, 2, [], 0),
      (251, 2, [], 0), (0, 0, [], 0),
    ] as [(UInt64, UInt64, StatusFlags, UInt16)] {
      let expected = try OKPacket.expected(status: status, warnings: warnings) {
        $0.affectedRows = affected
        $0.lastInsertID = id
      }
      let answer = ok(affected: affected, id: id, status: status, warnings: warnings)
      #expect(try dialogue.exchange(.query("INSERT"), answer) == [.ok(expected)])
      #expect(dialogue.session.status == status)
    }
  }

  @Test func readsAnError() throws {
    let dialogue = try Dialogue.loggedIn()
    #expect(try dialogue.exchange(.query("x"), failure()) == [.failed(.expected)])
    #expect(dialogue.isIdle)
    #expect(try dialogue.exchange(.ping, ok()) == [.ok()])
  }

  @Test(arguments: Capabilities.bothEnds)
  func readsRows(capabilities: Capabilities) throws {
    let dialogue = try Dialogue.loggedIn(capabilities)
    let rows = [textRow("1", nil), textRow(nil, ""), textRow("", "2")]
    let events = try dialogue.exchange(
      .query("SELECT"), result(capabilities, ["a", "b"], rows: rows, status: .noIndexUsed))
    #expect(
      events == [
        try .columns("a", "b"), .row("1", nil), .row(nil, ""), .row("", "2"), try .rowsEnd(.noIndexUsed),
      ])
    #expect(dialogue.isIdle && dialogue.session.status == .noIndexUsed)
  }

  @Test(arguments: Capabilities.bothEnds)
  func readsAResultWithoutRows(capabilities: Capabilities) throws {
    let dialogue = try Dialogue.loggedIn(capabilities)
    let payloads = head(capabilities, ["a"]) + [end(capabilities, warnings: 4)]
    let events = try dialogue.exchange(.query("SELECT"), payloads)
    #expect(events == [try .columns("a"), .rowsEnd(try .expected(warnings: 4))])
    #expect(dialogue.isIdle)
  }

  @Test(arguments: Capabilities.bothEnds)
  func readsSeveralResults(capabilities: Capabilities) throws {
    let dialogue = try Dialogue.loggedIn(capabilities)
    var payloads = result(capabilities, ["a"], rows: [textRow("1")], status: .moreResults)
    payloads += [ok(status: .moreResults)]
    payloads += result(capabilities, ["b"], rows: [], status: .moreResults)
    payloads += [ok()]
    let events = try dialogue.exchange(.query("CALL p()"), payloads)
    #expect(
      events == [
        try .columns("a"), .row("1"), try .rowsEnd(.moreResults), try .ok(.moreResults),
        try .columns("b"), try .rowsEnd(.moreResults), try .ok(),
      ])
    #expect(dialogue.isIdle)
  }

  /// The error takes the place of each packet in turn. What came before counts, and the session goes on.
  @Test(arguments: Capabilities.bothEnds)
  func readsAnErrorAtEveryPosition(capabilities: Capabilities) throws {
    var payloads = result(capabilities, ["a", "b"], rows: [textRow("1", "2")], status: .moreResults)
    payloads += result(capabilities, ["c"], rows: [textRow("3")])
    let whole = try Dialogue.loggedIn(capabilities).exchange(.query("SELECT"), payloads)
    for position in 0..<payloads.count {
      let dialogue = try Dialogue.loggedIn(capabilities)
      let events = try dialogue.exchange(.query("SELECT"), payloads[..<position] + [failure()])
      #expect(events.last == .failed(.expected), "\(position)")
      #expect(whole.starts(with: events.dropLast()))
      #expect(dialogue.isIdle)
      #expect(
        try dialogue.exchange(.query("SELECT"), result(capabilities, ["c"], rows: [textRow("3")])) == [
          try .columns("c"), .row("3"), try .rowsEnd(),
        ])
    }
  }

  /// A wrong sequence id at any packet ends the session.
  @Test(arguments: Capabilities.bothEnds)
  func refusesAWrongSequenceIDAtEveryPosition(capabilities: Capabilities) throws {
    let payloads = result(capabilities, ["a"], rows: [textRow("1"), textRow("2"), textRow("3")])
    for position in 0..<payloads.count {
      for step in [1, 2, 255] as [UInt8] {
        let dialogue = try Dialogue.loggedIn(capabilities)
        try dialogue.exchange(.query("SELECT"), Array(payloads[..<position]))
        let expected = UInt8(position + 1)
        #expect(throws: Violation.sequence(expected: expected, received: expected &+ step)) {
          try dialogue.hear(packet(expected &+ step, payloads[position]))
        }
      }
    }
  }

  @Test func hearsWhatChangedInTheSession() throws {
    let dialogue = try Dialogue.loggedIn()
    let changes = [1] + lengthEncoded(lengthEncoded(Array("shop".utf8)))
    let expected = try OKPacket.expected(status: .sessionStateChanged) { $0.changes = [.schema("shop")] }
    let used = ok(status: .sessionStateChanged, info: "", changes: changes)
    #expect(try dialogue.exchange(.useDatabase(Array("shop".utf8)), used) == [.ok(expected)])
    // The end of the rows reports the change too.
    var payloads = head(.withOK, ["a"])
    payloads.append(ok(status: .sessionStateChanged, info: "", changes: changes, header: 0xFE))
    #expect(try dialogue.exchange(.query("SELECT"), payloads).last == .rowsEnd(expected))
  }

  @Test func countsRowsBeyondTheLastSequenceID() throws {
    let dialogue = try Dialogue.loggedIn()
    let rows = (0..<1000).map { textRow("\($0)") }
    let events = try dialogue.exchange(.query("SELECT"), result(.withOK, ["a"], rows: rows))
    #expect(events.count == 1002)
    #expect(events[1000] == .row("999") && dialogue.isIdle)
  }
}
