import MySQLWire
import Testing

@Suite(.busy) struct ChangeUserTests {
  static let other = {
    var settings = SessionSettings(
      user: Array("you".utf8), passwords: [Array("secret".utf8)], database: Array("db".utf8))
    settings.attributes = [ConnectionAttribute(name: [0x61], value: [0x62])]
    return settings
  }()
  static let answer = bytes("8817c50fa779daef010ee7577825b0847df9842e")

  @Test func writesTheCommand() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.changeUser(Self.other))
    var expected: Bytes = [0x11] + Array("you".utf8) + [0, 20] + Self.answer + Array("db".utf8) + [0]
    expected += [255, 0] + Array("mysql_native_password".utf8) + [0, 4, 1, 0x61, 1, 0x62]
    #expect(try dialogue.said() == [Said(0, expected)])
    #expect(try dialogue.hear(packet(1, ok())) == [.ok()])
    #expect(dialogue.isIdle)
    #expect(try dialogue.exchange(.ping, ok()) == [.ok()])
  }

  @Test func switchesTheMethod() throws {
    let dialogue = try Dialogue.loggedIn()
    let challenge = Array("tsrqponmlkjihgfedcba".utf8)
    try dialogue.send(.changeUser(Self.other))
    _ = dialogue.takeOutput()
    #expect(try dialogue.hear(packet(1, authSwitch("mysql_native_password", challenge))) == [])
    let said = try dialogue.said()
    #expect(said.count == 1 && said[0].sequence == 2 && said[0].payload.count == 20)
    #expect(try dialogue.hear(packet(3, ok())) == [.ok()])
    // The next change answers the challenge that the server sent last.
    try dialogue.send(.changeUser(Self.other))
    #expect(dialogue.takeOutput().contains(said[0].payload))
  }

  // MySQL then closes the connection; MariaDB lets the former user go on.
  @Test func goesOnWhereTheServerRefuses() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.changeUser(Self.other))
    #expect(try dialogue.hear(packet(1, failure())) == [.failed(.expected)])
    #expect(dialogue.isIdle)
    #expect(try dialogue.exchange(.ping, ok()) == [.ok()])
  }

  @Test func keepsToThePolicy() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.changeUser(Self.other))
    _ = dialogue.takeOutput()
    #expect(throws: Violation.authentication(.pluginNotAllowed("mysql_clear_password"))) {
      try dialogue.hear(packet(1, authSwitch("mysql_clear_password", [])))
    }
    #expect(!dialogue.hasOutput)
  }

  @Test func waitsForItsTurn() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.ping)
    #expect(throws: Misuse.busy) { try dialogue.send(.changeUser(Self.other)) }
    try dialogue.hear(packet(1, ok()))
    try dialogue.send(.changeUser(Self.other))
    #expect(!dialogue.isIdle)
    #expect(throws: Misuse.notReady) { try dialogue.send(.ping) }
  }
}
