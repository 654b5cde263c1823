import MySQLWire
import Testing

/// Answers to the challenge "abcdefghijklmnopqrst". The expected ones were computed with Python's hashlib
/// from the formulas in MySQL's manual.
@Suite(.busy) struct ChallengeAnswerTests {
  static let answers = [
    (
      "secret", "8817c50fa779daef010ee7577825b0847df9842e",
      "c76e2898612a4cf042c77fa8c4702c4c64c0c2c557c53c4d75595aaa6abae809"
    ),
    (
      "pässwörd €", "202b7f516251df57b103e996f5c436bd70dd995d",
      "9482cf77cc073c07fec16f96050536791e927fae235e21cdfad857c676c5ddf2"
    ),
    (
      String(repeating: "x", count: 300), "1936635cc56483c064515f50196b9baa8b4c0b09",
      "cc9feab7bed0bed6bd37a97ef17f6ee997ec53f97e383d7128b1502eedbdb218"
    ),
  ]

  @Test(arguments: answers)
  func answersWithHashes(password: String, native: String, cachingSHA2: String) throws {
    for (plugin, hash) in [("mysql_native_password", native), ("caching_sha2_password", cachingSHA2)] {
      // In the login itself, and when asked to switch.
      let (_, login) = try Dialogue.loggingIn(ScriptedGreeting(plugin: plugin)) {
        $0.passwords = [Array(password.utf8)]
      }
      #expect(login.plugin == plugin && login.answer == bytes(hash))
      let (dialogue, first) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "unheard_of")) {
        $0.passwords = [Array(password.utf8)]
      }
      #expect(first.answer == [])
      #expect(try dialogue.answer(to: authSwitch(plugin)) == bytes(hash))
      #expect(try dialogue.hear(packet(4, ok())) == [.ready(.expected())])
      #expect(dialogue.isIdle)
    }
  }

  // The signature was computed with the reference implementation that MariaDB's server carries.
  @Test func signsForMariaDB() throws {
    let (dialogue, _) = try Dialogue.loggingIn { $0.passwords = [Array("ed25519_pass_1".utf8)] }
    let signature = bytes(
      """
      004a2ab8c18a320bdde27a5fff54ae43f66b4c21373ba3c1852ce0eb9255d073
      f7b6125fb6ee1a236633da90d0e38b3b58c3295b4ab9eb418402cbfa6f879701
      """)
    #expect(try dialogue.answer(to: authSwitch("client_ed25519", (0..<32).map { $0 })) == signature)
  }

  /// MariaDB puts no NUL after this challenge, whose own last byte may happen to be one.
  @Test func signsAChallengeThatEndsWithANUL() throws {
    let challenge = (1..<32).map { UInt8($0) } + [0]
    var signatures: [Bytes?] = []
    for packet in [
      authSwitch("client_ed25519", challenge), authSwitch("client_ed25519", challenge).dropLast(),
    ] {
      let (dialogue, _) = try Dialogue.loggingIn { $0.passwords = [Array("ed25519_pass_1".utf8)] }
      signatures.append(try dialogue.answer(to: Bytes(packet)))
    }
    #expect(signatures[0]?.count == 64 && signatures[0] == signatures[1])
  }

  /// What the client sends for an empty password, in the login and when asked by name; the `mysql` command
  /// sends the same.
  @Test(
    arguments: [
      ("mysql_native_password", []), ("caching_sha2_password", [0]), ("sha256_password", [0]),
    ] as [(String, Bytes)])
  func answersForEmptyPasswords(plugin: String, answer: Bytes) throws {
    for passwords in [[], [[]]] as [[Bytes]] {
      let (dialogue, login) = try Dialogue.loggingIn(ScriptedGreeting(plugin: plugin)) {
        $0.passwords = passwords
      }
      #expect(login.plugin == plugin && login.answer == answer)
      #expect(try dialogue.hear(packet(2, ok())) == [.ready(.expected())])
      let (other, _) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "unheard_of")) {
        $0.passwords = passwords
      }
      #expect(try other.answer(to: authSwitch(plugin)) == answer)
    }
  }

  @Test(
    arguments: [
      "mysql_native_password", "caching_sha2_password", "sha256_password", "client_ed25519",
    ], [0, 1, 8, 19, 21, 30, 33, 255])
  func refusesChallengesOfAnotherSize(plugin: String, size: Int) throws {
    let (dialogue, _) = try Dialogue.loggingIn()
    #expect(throws: Violation.malformed(.authSwitch)) {
      try dialogue.answer(to: authSwitch(plugin, Bytes(repeating: 1, count: size)))
    }
    #expect(!dialogue.hasOutput)
  }
}
