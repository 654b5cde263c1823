import MySQLWire
import Testing

/// Definitions that come again unchanged are not read again: the columns are the same object.
@Suite(.busy) struct KnownDefinitionsTests {
  @Test(arguments: Capabilities.bothEnds + [.mariadb])
  func keepsTheColumnsOfTheQueryBefore(capabilities: Capabilities) throws {
    let dialogue = try Dialogue.loggedIn(capabilities)
    let one = result(capabilities, ["a", "b"], rows: [textRow("1", "2")])
    let first = try dialogue.columns(.query("SELECT"), one)
    #expect(try dialogue.columns(.query("SELECT"), one) === first)
    // If there are several results, the later ones have other sequence ids and are read again.
    let both = result(capabilities, ["a", "b"], rows: [textRow("1", "2")], status: .moreResults) + one
    #expect(try dialogue.columns(.query("SELECT"), both) === first)
    #expect(dialogue.isIdle)

    let other = result(capabilities, ["a", "c"], rows: [textRow("1", "2")])
    let second = try dialogue.columns(.query("SELECT"), other)
    #expect(second !== first && second.definitions[1].name == "c")
    #expect(try dialogue.columns(.query("SELECT"), other) === second)
    // As many bytes, and another number of columns.
    #expect(
      try dialogue.exchange(.query("SELECT"), result(capabilities, ["a"], rows: [textRow("1")])) == [
        .columns("a"), .row("1"), .rowsEnd(),
      ])
  }

  @Test(arguments: Capabilities.bothEnds + [.mariadb])
  func keepsTheKnownColumnsOfAnExecution(capabilities: Capabilities) throws {
    let dialogue = try Dialogue.loggedIn(capabilities)
    var execution = Execution(statement: 1)
    let answer = result(capabilities, ["a"], rows: [binaryRow("x")])
    let first = try dialogue.columns(.execute(execution), answer)
    // Nothing is kept by itself: the caller knows which statement it is.
    #expect(try dialogue.columns(.execute(execution), answer) !== first)
    execution.knownColumns = first
    #expect(try dialogue.columns(.execute(execution), answer) === first)
    // The columns of a text result have other decoders, even if their definitions are the same.
    let text = result(capabilities, ["a"], rows: [textRow("x")])
    execution.knownColumns = try dialogue.columns(.query("SELECT"), text)
    let columns = try dialogue.columns(.execute(execution), answer)
    #expect(columns !== execution.knownColumns && columns.format == .binary)
    #expect(dialogue.isIdle)
  }

  @Test func readsAChangedTypeOfAKnownColumn() throws {
    let dialogue = try Dialogue.loggedIn()
    var execution = Execution(statement: 1)
    let answer = { (type: ColumnType, row: Bytes) in [[1], definition("a", type), row, end(.withOK)] }
    execution.knownColumns = try dialogue.columns(.execute(execution), answer(.varString, binaryRow("x")))
    let events = try dialogue.exchange(.execute(execution), answer(.tiny, [0, 0, 7]))
    #expect(events[1] == .row([.integer(7)]))
  }

  /// Wherever the bytes are cut, and however few come at a time.
  @Test(arguments: Capabilities.bothEnds)
  func readsKnownDefinitionsInPieces(capabilities: Capabilities) throws {
    let names = ["first", "a name of more than sixteen bytes", "c"]
    let bytes = packets(result(capabilities, names, rows: [textRow("1", "2", "3")]))
    let expected: [ReplayEvent] = try [
      .columns("first", "a name of more than sixteen bytes", "c"), .row("1", "2", "3"), .rowsEnd(),
    ]
    let dialogue = try Dialogue.loggedIn(capabilities)
    for cut in bytes.indices {
      try dialogue.send(.query("SELECT"))
      #expect(try dialogue.hear(Array(bytes[..<cut])) + dialogue.hear(Array(bytes[cut...])) == expected)
    }
    try dialogue.send(.query("SELECT"))
    #expect(try bytes.flatMap { try dialogue.hear([$0]) } == expected)
    #expect(dialogue.isIdle)
  }

  /// Not a byte may differ, the sequence ids included.
  @Test func noticesEveryChangeOfKnownDefinitions() throws {
    let payloads = result(.withOK, ["a", "b"], rows: [textRow("1", "2")])
    let bytes = packets(payloads)
    let start = packet(1, payloads[0]).count
    let definitions = start..<start + packets(Array(payloads[1...2])).count
    for index in definitions {
      let known = try Dialogue.loggedIn()
      try known.exchange(.query("SELECT"), payloads)
      let unknown = try Dialogue.loggedIn()
      var changed = bytes
      changed[index] ^= 0x20
      try known.send(.query("SELECT"))
      try unknown.send(.query("SELECT"))
      let heard = Result { () throws(Violation) in try known.hear(changed) }
      #expect(heard == Result { () throws(Violation) in try unknown.hear(changed) })
    }
  }

  @Test func stillWantsTheEndOfKnownDefinitions() throws {
    let dialogue = try Dialogue.loggedIn(.withEOF)
    try dialogue.exchange(.query("SELECT"), result(.withEOF, ["a"], rows: [textRow("1")]))
    let withoutEnd = [[1], definition("a"), textRow("1")]
    #expect(throws: Violation.unexpectedPacket(.columnDefinition, header: 1)) {
      try dialogue.exchange(.query("SELECT"), withoutEnd)
    }
  }

  /// The columns of the last result stay in memory only while they are small.
  @Test func keepsNoLargeDefinitions() throws {
    let dialogue = try Dialogue.loggedIn()
    let many = (0..<200).map { "column\($0)" }
    let row = textRow(nil) + Bytes(repeating: 0xFB, count: 199)
    let answer = result(.withOK, many, rows: [row])
    let first = try dialogue.columns(.query("SELECT"), answer)
    #expect(try dialogue.columns(.query("SELECT"), answer) !== first)
  }
}

extension Dialogue {
  /// Sends a command, reads its answer to the end, and returns the columns of the first result.
  fileprivate func columns(_ command: Command, _ payloads: [Bytes]) throws -> ResultColumns {
    try send(command)
    _ = takeOutput()
    session.receive(packets(payloads).span.bytes)
    guard case .columns(let columns) = try session.next() else { throw Violation.truncated }
    _ = try events()
    return columns
  }
}
