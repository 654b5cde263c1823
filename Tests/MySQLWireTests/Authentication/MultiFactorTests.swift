import MySQLWire
import Testing

@Suite(.busy) struct MultiFactorTests {
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
}
