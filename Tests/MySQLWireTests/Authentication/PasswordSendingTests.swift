import MySQLWire
import Testing

/// The methods that hand over the password itself.
@Suite(.busy) struct PasswordSendingTests {
  static let secret = Array("secret".utf8)
  static let secureChannels = [ChannelSecurity.unixSocket, .tls(verified: true), .tls(verified: false)]

  @Test(arguments: secureChannels)
  func sendsThePasswordOverASecureChannel(channel: ChannelSecurity) throws {
    let (caching, login) = try Dialogue.loggingIn(
      ScriptedGreeting(plugin: "caching_sha2_password"), over: channel)
    #expect(!login.answer.contains(Self.secret))
    #expect(try caching.answer(to: moreData([4])) == Self.secret + [0])
    // Its predecessor, sha256_password, does not consider a unix socket secure.
    guard channel != .unixSocket else { return }

    let (_, direct) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "sha256_password"), over: channel)
    #expect(direct.answer == Self.secret + [0])
    let (asked, _) = try Dialogue.loggingIn(over: channel)
    #expect(try asked.answer(to: authSwitch("sha256_password")) == Self.secret + [0])
  }

  /// MySQL's sha256_password demands an encrypted password there too. On a unix socket, nobody in between can
  /// answer with a key.
  @Test func asksForTheKeyOverAUnixSocketWithoutPermission() throws {
    let (asking, login) = try Dialogue.loggingIn(
      ScriptedGreeting(plugin: "sha256_password"), over: .unixSocket)
    #expect(login.answer == [1])
    let answer = try #require(try asking.answer(to: moreData(ServerKey.pem)))
    #expect(ServerKey.password(in: answer, challenge: .challenge) == Self.secret + [0])

    let (_, pinned) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "sha256_password"), over: .unixSocket) {
      $0.publicKey = .pinned(ServerKey.pem)
    }
    #expect(ServerKey.password(in: pinned.answer, challenge: .challenge) == Self.secret + [0])
  }

  @Test func saysNothingWhereTheServerKnewTheHash() throws {
    let (dialogue, _) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "caching_sha2_password"))
    #expect(try dialogue.answer(to: moreData([3])) == nil)
    #expect(try dialogue.hear(packet(3, ok())) == [.ready(.expected())])
  }

  @Test func encryptsUnderAPinnedKey() throws {
    let (caching, _) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "caching_sha2_password")) {
      $0.publicKey = .pinned(ServerKey.pem)
    }
    let answer = try #require(try caching.answer(to: moreData([4])))
    #expect(ServerKey.password(in: answer, challenge: .challenge) == Self.secret + [0])

    let (_, login) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "sha256_password")) {
      $0.publicKey = .pinned(ServerKey.pem)
    }
    #expect(ServerKey.password(in: login.answer, challenge: .challenge) == Self.secret + [0])
  }

  @Test func encryptsUnderTheServersKeyWhereAllowed() throws {
    let other = Array("tsrqponmlkjihgfedcba".utf8)
    let (caching, _) = try Dialogue.loggingIn { $0.publicKey = .askServer }
    #expect(try caching.answer(to: authSwitch("caching_sha2_password", other))?.count == 32)
    #expect(try caching.answer(to: moreData([4])) == [2])
    let answer = try #require(try caching.answer(to: moreData(ServerKey.pem)))
    #expect(ServerKey.password(in: answer, challenge: other) == Self.secret + [0])

    let (sha256, login) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "sha256_password")) {
      $0.publicKey = .askServer
    }
    #expect(login.answer == [1])
    let second = try #require(try sha256.answer(to: moreData(ServerKey.pem)))
    #expect(ServerKey.password(in: second, challenge: .challenge) == Self.secret + [0])
  }

  @Test func refusesToAskForTheKeyByDefault() throws {
    let (caching, _) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "caching_sha2_password"))
    #expect(throws: Violation.authentication(.publicKeyRetrievalNotAllowed)) {
      try caching.answer(to: moreData([4]))
    }
    #expect(!caching.hasOutput)
    let (sha256, login) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "sha256_password"))
    #expect(login.answer == [])
    #expect(throws: Violation.authentication(.publicKeyRetrievalNotAllowed)) {
      try sha256.answer(to: authSwitch("sha256_password"))
    }
    #expect(!sha256.hasOutput)
  }

  @Test(
    arguments: [
      [], Array("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n".utf8), [4],
      ServerKey.pem.dropLast(40),
    ] as [Bytes])
  func refusesTextThatIsNotAKey(pem: Bytes) throws {
    let (dialogue, _) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "caching_sha2_password")) {
      $0.publicKey = .askServer
    }
    #expect(try dialogue.answer(to: moreData([4])) == [2])
    #expect(throws: Violation.authentication(.unusablePublicKey)) {
      try dialogue.answer(to: moreData(pem))
    }
    #expect(!dialogue.hasOutput)
  }

  @Test func refusesPasswordsThatDoNotFitTheKey() throws {
    // 128 bytes of key leave 86 for the message.
    for (size, fits) in [(85, true), (86, false), (1000, false)] {
      let (dialogue, _) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "caching_sha2_password")) {
        $0.passwords = [Bytes(repeating: 0x78, count: size)]
        $0.publicKey = .pinned(ServerKey.pem)
      }
      if fits {
        #expect(try dialogue.answer(to: moreData([4]))?.count == 128)
      } else {
        #expect(throws: Violation.authentication(.unusablePassword)) {
          try dialogue.answer(to: moreData([4]))
        }
      }
    }
  }

  @Test(arguments: secureChannels + [.plain])
  func refusesPasswordsWithANULWhereTheyWouldEndEarly(channel: ChannelSecurity) throws {
    let (dialogue, _) = try Dialogue.loggingIn(
      ScriptedGreeting(plugin: "caching_sha2_password"), over: channel
    ) {
      $0.passwords = [[0x61, 0, 0x62]]
      $0.publicKey = .pinned(ServerKey.pem)
    }
    #expect(throws: Violation.authentication(.unusablePassword)) {
      try dialogue.answer(to: moreData([4]))
    }
    #expect(!dialogue.hasOutput)
  }

  @Test(arguments: [[], [0], [2], [5], [3, 3], [4, 4]] as [Bytes])
  func refusesWordsThatTheMethodDoesNotHave(data: Bytes) throws {
    let (dialogue, _) = try Dialogue.loggingIn(ScriptedGreeting(plugin: "caching_sha2_password"))
    #expect(throws: Violation.malformed(.authMoreData)) { try dialogue.answer(to: moreData(data)) }
  }

  @Test(arguments: ["mysql_native_password", "sha256_password"])
  func refusesMoreFromMethodsThatAreDone(plugin: String) throws {
    let (dialogue, _) = try Dialogue.loggingIn(ScriptedGreeting(plugin: plugin), over: .tls(verified: true))
    #expect(throws: Violation.unexpectedPacket(.authMoreData, header: 1)) {
      try dialogue.answer(to: moreData([4]))
    }
  }
}
