import MySQLTesting
import MySQLWire
import Testing

/// What commands look like on the wire.
@Suite(.busy) struct CommandBytesTests {
  @Test(
    arguments: [
      (.query("DO 1"), "03 444f2031"), (.prepare("DO 1"), "16 444f2031"),
      (.resetStatement(0x0403_0201), "1a 01020304"), (.closeStatement(0x0403_0201), "19 01020304"),
      (
        .fetch(statement: 1, rows: 0x100, columns: ResultColumns([], format: .binary)), "1c 01000000 00010000"
      ),
      (.sendLongData(statement: 1, parameter: 0x0102, [9, 8]), "18 01000000 0201 0908"),
      (.sendLongData(statement: 1, parameter: 0, []), "18 01000000 0000"),
      (.ping, "0e"), (.useDatabase([0x64, 0x62]), "02 6462"), (.statistics, "09"),
      (.setMultiStatements(true), "1b 0000"), (.setMultiStatements(false), "1b 0100"),
      (.resetConnection, "1f"), (.quit, "01"),
      (.execute(0x0403_0201), "17 01020304 00 01000000"),
      (
        .executeBulk(
          BulkExecution(statement: 1, flags: .sendsTypes, types: [3, 0], rows: [0, 5, 0, 0, 0])),
        "fa 01000000 8000 0300 0005000000"
      ),
    ] as [(Command, String)])
  func writesTheBytesOfEachCommand(command: Command, expected: String) throws {
    let dialogue = try Dialogue.loggedIn(.withOK.subtracting(.queryAttributes))
    try dialogue.send(command)
    #expect(try dialogue.said() == [Said(0, bytes(expected))])
  }

  @Test func writesQueryAttributes() throws {
    var attributes = ParameterList()
    attributes.append(.integer(1), name: Array("n".utf8))
    attributes.append(.null)
    attributes.append(.text("t"), name: Array("trace".utf8))
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.query(Array("DO 1".utf8), attributes: attributes))
    let expected = """
      03  03 01  02 01  0800 016e  0600 00  fd00 057472616365  0100000000000000 0174  444f2031
      """
    #expect(try dialogue.said() == [Said(0, bytes(expected))])
  }

  @Test func leavesQueryAttributesOutWhereTheServerKnowsNone() throws {
    var attributes = ParameterList()
    attributes.append(.integer(1), name: [0x6E])
    let dialogue = try Dialogue.loggedIn(.mariadb)
    try dialogue.send(.query(Array("DO 1".utf8), attributes: attributes))
    #expect(try dialogue.said() == [Said(0, bytes("03 444f2031"))])
  }

  @Test func writesParametersAndThenAttributes() throws {
    var execution = Execution(statement: 1)
    execution.parameters.append(.null)
    execution.parameters.append(.text("p"))
    execution.attributes.append(.unsigned(2), name: [0x61])
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.execute(execution))
    #expect(
      try dialogue.said() == [
        Said(
          0, bytes("17 01000000 08 01000000  03 01 01  0600 00  fd00 00  0880 0161  0170 0200000000000000"))
      ])
    let mariadb = try Dialogue.loggedIn(.mariadb)
    try mariadb.send(.execute(execution))
    #expect(try mariadb.said() == [Said(0, bytes("17 01000000 00 01000000  01 01 0600 fd00 0170"))])
  }

  @Test func writesTheFlagsOfAnExecution() throws {
    var execution = Execution(statement: 1)
    execution.usesCursor = true
    execution.parameters.append(.integer(-1))
    execution.sendsTypes = false
    let dialogue = try Dialogue.loggedIn(.mariadb)
    try dialogue.send(.execute(execution))
    #expect(try dialogue.said() == [Said(0, bytes("17 01000000 01 01000000  00 00 ffffffffffffffff"))])
  }

  /// Every third parameter is NULL.
  @Test(arguments: Capabilities.bothEnds + [.mariadb], [1, 7, 8, 9, 64, 65])
  func writesBitmapsThatAServerReads(capabilities: Capabilities, count: Int) throws {
    var execution = Execution(statement: 1)
    for index in 0..<count {
      execution.parameters.append(index % 3 == 0 ? .null : .integer(Int64(index)))
    }
    let dialogue = try Dialogue.loggedIn(capabilities)
    try dialogue.send(.execute(execution))
    let said = try #require(try dialogue.said().first)
    var reader = CommandReader(capabilities)
    reader.prepared(1, parameterCount: count)
    guard case .execute(let read) = try reader.read(said.payload) else { throw Violation.truncated }
    #expect(read.parameters == execution.parameters)
    let start = capabilities.contains(.queryAttributes) ? 11 : 10
    for index in 0..<(count + 7) / 8 * 8 {
      let isNull = said.payload[start + index / 8] >> UInt8(index % 8) & 1 == 1
      #expect(isNull == (index < count && index % 3 == 0))
    }
  }

  @Test func writesAsManyParametersAsFitAndNoMore() throws {
    var execution = Execution(statement: 1)
    for _ in 0..<65_535 { execution.parameters.append(.null) }
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.execute(execution))
    #expect(try dialogue.said().first?.payload.count == 10 + 3 + 8192 + 1 + 3 * 65_535)

    let full = try Dialogue.loggedIn()
    execution.attributes.append(.null)
    #expect(throws: Misuse.tooManyParameters) { try full.send(.execute(execution)) }
    execution.attributes = ParameterList()
    execution.parameters.append(.null)
    #expect(throws: Misuse.tooManyParameters) { try full.send(.execute(execution)) }
    #expect(throws: Misuse.tooManyParameters) {
      try full.send(.query([], attributes: execution.parameters))
    }
    #expect(!full.hasOutput && full.isIdle)
  }
}
