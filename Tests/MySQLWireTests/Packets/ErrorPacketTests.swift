import MySQLWire
import Testing

@Suite struct ErrorPacketTests {
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
    // The cut goes through a letter.
    #expect(try ErrorPacket(payload: failure(1, nil, "éé"), limits: limits).message == "é\u{FFFD}")
  }

  @Test func repairsTextThatIsNoUTF8() throws {
    #expect(try ErrorPacket(payload: [0xFF, 1, 0, 0x61, 0xC3]).message == "a\u{FFFD}")
  }
}
