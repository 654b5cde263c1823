import MySQLWire
import Testing

@Suite(.busy) struct OKPacketTests {
  @Test func readsNumbersOfEverySize() throws {
    for value in [0, 250, 251, 65_535, 65_536, 1 << 24, .max] as [UInt64] {
      let payload = ok(affected: value, id: value, status: .inTransaction, warnings: 65_535)
      let packet = try OKPacket(payload: payload, capabilities: [])
      #expect(packet.affectedRows == value && packet.lastInsertID == value)
      #expect(packet.status == .inTransaction && packet.warnings == 65_535)
      for count in 0..<payload.count {
        #expect(throws: Violation.truncated) {
          try OKPacket(payload: Array(payload[..<count]), capabilities: [])
        }
      }
    }
  }

  @Test(arguments: [Capabilities(), .sessionTrack])
  func readsWhatTheServerAddsInWords(capabilities: Capabilities) throws {
    let payload = ok(info: "Rows matched: 1  Changed: 1  Warnings: 0")
    let packet = try OKPacket(payload: payload, capabilities: capabilities)
    #expect(packet.info == "Rows matched: 1  Changed: 1  Warnings: 0")
    #expect(try OKPacket(payload: ok(info: ""), capabilities: capabilities).info == "")
  }

  @Test func readsEveryKindOfSessionChange() throws {
    func entry(_ kind: UInt8, _ data: Bytes) -> Bytes { [kind] + lengthEncoded(data) }
    func text(_ text: String) -> Bytes { lengthEncoded(Array(text.utf8)) }
    let changes =
      entry(0, text("autocommit") + text("OFF"))
      + entry(0, text("a") + text("1") + text("b") + text("2"))
      + entry(1, text("shop")) + entry(2, Array("1".utf8)) + entry(2, Array("0".utf8))
      + entry(3, [0] + text("3E11FA47-71CA-11E1-9E33-C80AA9429562:23"))
      + entry(4, text("START TRANSACTION READ ONLY;")) + entry(5, text("T_______"))
      + entry(200, [1, 2, 3])
    let payload = ok(status: .sessionStateChanged, info: "", changes: changes)
    let packet = try OKPacket(payload: payload, capabilities: .sessionTrack)
    #expect(
      packet.changes == [
        .variable(name: "autocommit", value: "OFF"),
        .variable(name: "a", value: "1"), .variable(name: "b", value: "2"),
        .schema("shop"), .state(changed: true), .state(changed: false),
        .gtids("3E11FA47-71CA-11E1-9E33-C80AA9429562:23"),
        .transactionCharacteristics("START TRANSACTION READ ONLY;"), .transactionState("T_______"),
        .unknown(kind: 200, data: [1, 2, 3]),
      ])
    for count in 9..<payload.count {
      #expect(throws: Violation.self) {
        try OKPacket(payload: Array(payload[..<count]), capabilities: .sessionTrack)
      }
    }
  }

  @Test(
    arguments: [
      // An entry that is longer than all of them, text longer than its entry, bytes after the text, and
      // another encoding of GTIDs.
      [1, 9, 0], [1, 2, 5, 65], [1, 3, 1, 65, 65], [3, 3, 1, 1, 65], [0, 0], [0, 2, 1, 65],
    ] as [Bytes])
  func refusesSessionChangesThatLie(changes: Bytes) {
    let payload = ok(status: .sessionStateChanged, info: "", changes: changes)
    #expect(throws: Violation.self) { try OKPacket(payload: payload, capabilities: .sessionTrack) }
    // Nor may an entry reach past the changes into the bytes after them.
    let longer = ok(status: .sessionStateChanged, info: "", changes: [1, 2, 1]) + [65]
    #expect(throws: Violation.self) { try OKPacket(payload: longer, capabilities: .sessionTrack) }
  }

  @Test func refusesMoreSessionChangesThanTheLimit() throws {
    // Variables with empty names and values, in one entry and in two.
    func entry(_ pairs: Int) -> Bytes { [0] + lengthEncoded(Bytes(repeating: 0, count: 2 * pairs)) }
    var limits = Limits()
    limits.sessionChanges = 3
    for (changes, isRefused) in [
      (entry(3), false), (entry(4), true), (entry(1) + entry(2), false), (entry(2) + entry(2), true),
      (entry(3) + [2, 1, 49], true),
    ] {
      let payload = ok(status: .sessionStateChanged, info: "", changes: changes)
      let read = Result { try OKPacket(payload: payload, capabilities: .sessionTrack, limits: limits) }
      if isRefused {
        #expect(throws: Violation.limitExceeded(.sessionChanges)) { try read.get() }
      } else {
        #expect(try read.get().changes.count == 3)
      }
    }
  }

  @Test func refusesBytesLeftOver() {
    #expect(throws: Violation.trailingBytes(in: .okPacket)) {
      try OKPacket(payload: ok(info: "x") + [0], capabilities: .sessionTrack)
    }
    #expect(throws: Violation.malformed(.okPacket)) { try OKPacket(payload: [7], capabilities: []) }
  }
}
