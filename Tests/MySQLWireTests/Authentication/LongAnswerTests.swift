import MySQLWire
import Testing

/// COM_CHANGE_USER, and the login without CLIENT_PLUGIN_AUTH_LENENC_CLIENT_DATA, have one byte for the
/// answer's length. Longer answers wait until the server asks.
@Suite(.busy) struct LongAnswerTests {
  static let greeting = ScriptedGreeting(
    capabilities: .mysqlServer.subtracting(.longAuthenticationData), plugin: "sha256_password")

  @Test(arguments: [(254, true), (255, false), (256, false), (70_000, false)])
  func putsPasswordsIntoTheLoginOnlyWhereTheyFit(size: Int, fits: Bool) throws {
    let password = Bytes(repeating: 0x78, count: size)
    let (dialogue, login) = try Dialogue.loggingIn(Self.greeting, over: .tls(verified: true)) {
      $0.passwords = [password]
    }
    if fits {
      #expect(login.plugin == "sha256_password" && login.answer == password + [0])
    } else {
      // Naming another method makes the server ask.
      #expect(login.plugin == "caching_sha2_password" && login.answer == [])
      #expect(try dialogue.answer(to: authSwitch("sha256_password")) == password + [0])
    }
    #expect(try dialogue.hear(packet(dialogue.loginSequence &+ 1, ok())) == [.ready(.expected())])
  }

  @Test func putsPasswordsOfAnySizeIntoTheLoginWhereTheServerCan() throws {
    let password = Bytes(repeating: 0x78, count: 70_000)
    let greeting = ScriptedGreeting(plugin: "sha256_password")
    let (_, login) = try Dialogue.loggingIn(greeting, over: .tls(verified: false)) {
      $0.passwords = [password]
    }
    #expect(login.plugin == "sha256_password" && login.answer == password + [0])
  }

  /// A key of 2,048 bits makes answers of 256 bytes.
  @Test func changesUserUnderALargeKey() throws {
    let greeting = ScriptedGreeting(plugin: "sha256_password")
    let (dialogue, login) = try Dialogue.loggingIn(greeting) { $0.publicKey = .pinned(ServerKey.large) }
    #expect(login.answer.count == 256)
    try dialogue.hear(packet(2, ok()))
    var settings = SessionSettings.test
    settings.publicKey = .pinned(ServerKey.large)
    try dialogue.send(.changeUser(settings))
    let said = try #require(try dialogue.said().first)
    #expect(said.payload.starts(with: [0x11, 0x6D, 0x65, 0, 0, 0]))
    #expect(said.payload.contains(Array("caching_sha2_password".utf8)))
    try dialogue.hear(packet(1, authSwitch("sha256_password")))
    #expect(try dialogue.said().first?.payload.count == 256)
    #expect(try dialogue.hear(packet(3, ok())) == [.ok(.expected())])
    #expect(dialogue.isIdle)
  }
}
