import MySQLWire
import Testing

/// Where a server that sends too much is stopped. The header of a packet is enough to refuse it.
@Suite(.busy) struct LimitTests {
  static let overMessage: Bytes = [1, 0, 0x20]

  @Test func noAnswerIsLongerThanTwoMebibytes() throws {
    for command in [Command.query("SELECT"), .execute(1), .prepare("SELECT"), .ping, .statistics] {
      let dialogue = try Dialogue.loggedIn()
      try dialogue.send(command)
      #expect(throws: Violation.limitExceeded(.payloadSize)) { try dialogue.hear(Self.overMessage + [1]) }
    }
    let idle = try Dialogue.loggedIn()
    #expect(throws: Violation.limitExceeded(.payloadSize)) { try idle.hear(Self.overMessage + [0, 0xFF]) }
  }

  /// A packet that is not a row and cannot become one.
  @Test(arguments: [0xFE, 0xFF] as [UInt8]) func noEndOfRowsIsLongerThanTwoMebibytes(header: UInt8) throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.exchange(.query("SELECT"), head(.withOK, ["a"]))
    #expect(try dialogue.hear(Self.overMessage + [3]) == [])
    #expect(throws: Violation.limitExceeded(.payloadSize)) { try dialogue.hear([header]) }
  }

  @Test func anErrorOfSixteenMebibytesIsNotTakenForARow() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.exchange(.query("SELECT"), head(.withOK, ["a"]))
    #expect(throws: Violation.limitExceeded(.payloadSize)) { try dialogue.hear([0xFF, 0xFF, 0xFF, 3, 0xFF]) }
  }

  @Test func noDefinitionIsLongerThanOneMebibyte() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.exchange(.query("SELECT"), [1])
    #expect(throws: Violation.limitExceeded(.payloadSize)) { try dialogue.hear([1, 0, 0x10, 2]) }
  }

  /// A statement's parameters and columns count together.
  @Test func theDefinitionsOfAStatementShareALimit() throws {
    var limits = Limits()
    let one = try ColumnDefinition(payload: definition("a"), capabilities: []).size
    limits.definitions = 3 * one
    let payloads =
      [prepareOK(1, columns: 2, parameters: 2)] + definitions(.withOK, ["a", "b"])
      + definitions(.withOK, ["c", "d"])
    let dialogue = try Dialogue.loggedIn(limits: limits)
    #expect(try dialogue.exchange(.prepare("SELECT"), Array(payloads.dropLast())) == [])
    #expect(throws: Violation.limitExceeded(.definitions)) { try dialogue.hear(packet(5, payloads[4])) }

    let result = try Dialogue.loggedIn(limits: limits)
    #expect(try result.exchange(.query("SELECT"), head(.withOK, ["a", "b", "c"])).count == 1)
    try result.hear(packet(5, end(.withOK)))
    #expect(throws: Violation.limitExceeded(.definitions)) {
      try result.exchange(.query("SELECT"), head(.withOK, ["a", "b", "c", "d"]))
    }
  }

  /// As many as a statement can have.
  @Test func theDefinitionsOfAllParametersAreTaken() throws {
    let dialogue = try Dialogue.loggedIn()
    let names = [String](repeating: "?", count: 65_535)
    let payloads = [prepareOK(1, columns: 0, parameters: .max)] + definitions(.withOK, names)
    #expect(try dialogue.exchange(.prepare("INSERT"), payloads).count == 1)
    #expect(dialogue.isIdle)
  }

  @Test func longTextsCountAsTheMemoryThatTheyTake() throws {
    let text = String(repeating: "x", count: 1000)
    let definition = try ColumnDefinition(payload: definition(text), capabilities: [])
    #expect(definition.size >= 1000 && definition.size < 1400)
    var ok = OKPacket()
    ok.info = text
    ok.changes = [.variable(name: text, value: text), .unknown(kind: 9, data: [UInt8](text.utf8))]
    let events: [(Event, Int)] = [
      (.ok(ok), 4000), (.rowsEnd(ok), 4000), (.failed(ErrorPacket(code: 1, message: text)), 1000),
      (.localInfile(name: [UInt8](text.utf8)), 1000), (.statistics(text), 1000),
      (.progress(ProgressReport(stage: 1, stages: 1, progress: 0, activity: text)), 1000),
      (.columns(ResultColumns([definition], format: .text)), 1000),
      (
        .prepared(
          PreparedStatement(
            id: 1, warnings: 0, parameters: [definition], columns: ResultColumns([definition], format: .text))
        ),
        2000
      ),
    ]
    for (event, least) in events {
      #expect(event.size >= least && event.size < least + 1400, "\(event.size) for \(least)")
    }
  }
}
