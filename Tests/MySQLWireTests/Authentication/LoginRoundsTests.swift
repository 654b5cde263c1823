import MySQLWire
import Testing

@Suite(.busy) struct LoginRoundsTests {
  /// MariaDB (10.4 and later) asks for each method of an account IDENTIFIED VIA a OR b, even for one that the
  /// account has twice with different passwords.
  @Test func answersEachMethodThatAnAccountHas() throws {
    let (dialogue, _) = try Dialogue.loggingIn()
    let methods = [
      ("client_ed25519", 64), ("mysql_native_password", 20), ("mysql_native_password", 20),
      ("caching_sha2_password", 32),
    ]
    for (method, size) in methods {
      let challenge = Bytes(repeating: 0x61, count: method == "client_ed25519" ? 32 : 20)
      #expect(try dialogue.answer(to: authSwitch(method, challenge))?.count == size)
    }
    #expect(try dialogue.answer(to: ok()) == nil)
    #expect(dialogue.isIdle)
  }

  @Test func endsALoginThatSwitchesWithoutEnd() throws {
    let (dialogue, _) = try Dialogue.loggingIn()
    for _ in 0..<Limits().authenticationRounds {
      #expect(try dialogue.answer(to: authSwitch("mysql_native_password"))?.count == 20)
    }
    #expect(throws: Violation.limitExceeded(.authenticationRounds)) {
      try dialogue.answer(to: authSwitch("mysql_native_password"))
    }
    #expect(!dialogue.hasOutput)
  }

  @Test func takesNoPayloadOfMoreThanOneMebibyte() throws {
    let (dialogue, _) = try Dialogue.loggingIn()
    // The header is enough: 1 MiB and one byte.
    #expect(throws: Violation.limitExceeded(.payloadSize)) { try dialogue.hear([1, 0, 0x10, 2]) }
  }

  @Test func takesNoMoreThanFourMebibytesInAll() throws {
    // Without a password any challenge will do.
    let (dialogue, _) = try Dialogue.loggingIn { $0.passwords = [] }
    let name = authSwitch("mysql_native_password", [])
    let challenge = Bytes(repeating: 0x61, count: (1 << 20) - name.count)
    for _ in 0..<4 {
      #expect(try dialogue.answer(to: authSwitch("mysql_native_password", challenge)) == [])
    }
    #expect(throws: Violation.limitExceeded(.payloadSize)) { try dialogue.answer(to: ok()) }
  }

  @Test func takesAnErrorUnderAnySequenceID() throws {
    for sequence in [0, 1, 2, 200] as [UInt8] {
      let (dialogue, _) = try Dialogue.loggingIn()
      let refusal = failure(1130, "HY000", "Proxy header is not accepted from 127.0.0.1")
      let events = try dialogue.hear(packet(sequence, refusal))
      #expect(
        events == [
          .closed(
            ErrorPacket(
              code: 1130, sqlState: "HY000", message: "Proxy header is not accepted from 127.0.0.1"))
        ])
      #expect(dialogue.isClosed)
    }
    let (dialogue, _) = try Dialogue.loggingIn()
    #expect(throws: Violation.sequence(expected: 2, received: 1)) { try dialogue.hear(packet(1, ok())) }
  }

  @Test func refusesNamesThatNoMethodHas() throws {
    let (dialogue, _) = try Dialogue.loggingIn()
    #expect(throws: Violation.malformed(.authSwitch)) {
      try dialogue.answer(to: authSwitch(String(repeating: "a", count: 257)))
    }
  }

  @Test func endsALoginWithoutEnd() throws {
    let (dialogue, _) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "caching_sha2_password"))
    for _ in 0..<Limits().authenticationRounds {
      #expect(try dialogue.answer(to: moreData([3])) == nil)
    }
    #expect(throws: Violation.limitExceeded(.authenticationRounds)) {
      try dialogue.answer(to: moreData([3]))
    }
  }

  @Test(arguments: [[0x05], [0x7F], [0xFB]] as [Bytes])
  func refusesPacketsThatNoLoginHas(payload: Bytes) throws {
    let (dialogue, _) = try Dialogue.loggingIn()
    #expect(throws: Violation.unexpectedPacket(.response, header: payload[0])) {
      try dialogue.answer(to: payload)
    }
  }

  @Test func refusesAnEmptyPacket() throws {
    let (dialogue, _) = try Dialogue.loggingIn()
    #expect(throws: Violation.truncated) { try dialogue.answer(to: []) }
  }

  @Test func endsWithTheServersRefusal() throws {
    let (dialogue, _) = try Dialogue.loggingIn()
    let events = try dialogue.hear(packet(2, failure(1045, "28000", "Access denied")))
    #expect(events == [.closed(ErrorPacket(code: 1045, sqlState: "28000", message: "Access denied"))])
    #expect(dialogue.isClosed)
  }
}
