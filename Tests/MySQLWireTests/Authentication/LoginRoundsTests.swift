import MySQLWire
import Testing

@Suite struct LoginRoundsTests {
  @Test func refusesASecondSwitchWithinAFactor() throws {
    let (dialogue, _) = try Dialogue.loggingIn()
    _ = try dialogue.answer(to: authSwitch("caching_sha2_password"))
    #expect(throws: Violation.unexpectedPacket(.authSwitch, header: 0xFE)) {
      try dialogue.answer(to: authSwitch("mysql_native_password"))
    }
    #expect(!dialogue.hasOutput)
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

  @Test func logsInWithThreeFactors() throws {
    let (dialogue, _) = try Dialogue.loggingIn {
      $0.passwords = ["secret", "pässwörd €", "three"].map { Array($0.utf8) }
    }
    let second = try dialogue.answer(to: nextFactor("mysql_native_password"))
    #expect(second == bytes("202b7f516251df57b103e996f5c436bd70dd995d"))
    #expect(try dialogue.answer(to: nextFactor("caching_sha2_password"))?.count == 32)
    // Each factor may have one switch of its own.
    #expect(try dialogue.answer(to: authSwitch("mysql_native_password"))?.count == 20)
    #expect(throws: Violation.limitExceeded(.authenticationFactors)) {
      try dialogue.answer(to: nextFactor("mysql_native_password"))
    }
  }

  @Test func saysWhichFactorHasNoPassword() throws {
    let (dialogue, _) = try Dialogue.loggingIn { $0.passwords = [[1], [2]] }
    _ = try dialogue.answer(to: nextFactor("mysql_native_password"))
    #expect(throws: Violation.authentication(.missingFactor(3))) {
      try dialogue.answer(to: nextFactor("mysql_native_password"))
    }
    #expect(!dialogue.hasOutput)
  }

  @Test func refusesFactorsThatWereNotAgreedUpon() throws {
    var greeting = ScriptedGreeting()
    greeting.capabilities.remove(.multiFactor)
    let (dialogue, _) = try Dialogue.loggingIn(greeting) { $0.passwords = [[1], [2]] }
    #expect(throws: Violation.unexpectedPacket(.response, header: 2)) {
      try dialogue.answer(to: nextFactor("mysql_native_password"))
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
