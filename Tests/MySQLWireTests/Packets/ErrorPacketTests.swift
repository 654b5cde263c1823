import MySQLWire
import Testing

@Suite(.busy) struct ErrorPacketTests {
  @Test func readsCodeStateAndText() throws {
    let packet = try ErrorPacket(payload: failure(1146, "42S02", "Table 's.t' doesn't exist"))
    #expect(packet == ErrorPacket(code: 1146, sqlState: "42S02", message: "Table 's.t' doesn't exist"))
  }

  @Test(
    arguments: [
      ("", nil, ""), ("gone", nil, "gone"), ("#HY000", "HY000", ""), ("#HY000x", "HY000", "x"),
      ("##0000x", "#0000", "x"),
    ] as [(String, String?, String)])
  func readsErrorsWithAndWithoutState(rest: String, state: String?, message: String) throws {
    let packet = try ErrorPacket(payload: [0xFF, 0x10, 0x04] + Array(rest.utf8))
    #expect(packet == ErrorPacket(code: 1040, sqlState: state, message: message))
  }

  @Test(arguments: ["", "\u{1}", "\u{1}\u{2}#", "\u{1}\u{2}#HY00"])
  func refusesErrorsCutShort(rest: String) {
    #expect(throws: Violation.truncated) { try ErrorPacket(payload: [0xFF] + Array(rest.utf8)) }
  }

  @Test func keepsNoMoreTextThanTheLimit() throws {
    let packet = try ErrorPacket(payload: failure(1, "HY000", String(repeating: "é", count: 1 << 20)))
    #expect(packet.message == String(repeating: "é", count: 1 << 15))
    var limits = Limits()
    limits.errorText = 3
    // The limit cuts a letter in two.
    #expect(try ErrorPacket(payload: failure(1, nil, "éé"), limits: limits).message == "é\u{FFFD}")
  }

  /// Sphinx and Manticore end their texts with a NUL.
  @Test func leavesOutTheNULsThatEndTheText() throws {
    #expect(try ErrorPacket(payload: failure(1064, "42000", "no such index\0")).message == "no such index")
    #expect(try ErrorPacket(payload: failure(1064, "42000", "a\0b\0\0")).message == "a\0b")
    #expect(try ErrorPacket(payload: failure(1064, "42000", "\0")).message == "")
    #expect(try ErrorPacket(payload: [0xFF, 1, 0, 0xC3, 0]).rawMessage == [0xC3])
  }

  @Test func repairsTextThatIsNotUTF8() throws {
    #expect(try ErrorPacket(payload: [0xFF, 1, 0, 0x61, 0xC3]).message == "a\u{FFFD}")
  }
}
