import MySQLWire
import Testing

@Suite(.busy) struct PluginPolicyTests {
  static let secret = Array("secret".utf8)
  static let channels = [ChannelSecurity.plain, .unixSocket, .tls(verified: false), .tls(verified: true)]

  @Test(arguments: channels)
  func refusesTheClearPasswordUnlessAllowed(channel: ChannelSecurity) throws {
    let (dialogue, _) = try Dialogue.loggingIn(over: channel)
    #expect(throws: Violation.authentication(.pluginNotAllowed("mysql_clear_password"))) {
      try dialogue.answer(to: authSwitch("mysql_clear_password", []))
    }
    #expect(!dialogue.hasOutput)
    // The list of methods alone does not allow it.
    let (listed, _) = try Dialogue.loggingIn(over: channel) { $0.plugins = .all }
    #expect(throws: Violation.authentication(.pluginNotAllowed("mysql_clear_password"))) {
      try listed.answer(to: authSwitch("mysql_clear_password", []))
    }
  }

  @Test(arguments: [ChannelSecurity.plain, .tls(verified: false)])
  func refusesTheClearPasswordWhereSomebodyMayListen(channel: ChannelSecurity) throws {
    let (dialogue, login) = try Dialogue.loggingIn(
      ScriptedGreeting(plugin: "mysql_clear_password"), over: channel
    ) { $0.allowsClearPassword = true }
    #expect(login.answer == [])
    #expect(throws: Violation.authentication(.insecureChannel("mysql_clear_password"))) {
      try dialogue.answer(to: authSwitch("mysql_clear_password", []))
    }
    #expect(!dialogue.hasOutput)
  }

  @Test(arguments: [ChannelSecurity.unixSocket, .tls(verified: true)])
  func sendsTheClearPasswordWhereAllowedAndSafe(channel: ChannelSecurity) throws {
    let (dialogue, _) = try Dialogue.loggingIn(over: channel) { $0.allowsClearPassword = true }
    #expect(try dialogue.answer(to: authSwitch("mysql_clear_password", [])) == Self.secret + [0])
  }

  @Test(arguments: [ChannelSecurity.unixSocket, .tls(verified: true)])
  func refusesTheClearPasswordIfAListLeavesItOut(channel: ChannelSecurity) throws {
    let names = ["caching_sha2_password", "sha256_password", "mysql_native_password", "client_ed25519"]
    let (dialogue, _) = try Dialogue.loggingIn(over: channel) {
      $0.allowsClearPassword = true
      $0.plugins = AuthenticationPlugins(allowing: names)
    }
    #expect(throws: Violation.authentication(.pluginNotAllowed("mysql_clear_password"))) {
      try dialogue.answer(to: authSwitch("mysql_clear_password", []))
    }
    #expect(!dialogue.hasOutput)
  }

  @Test(arguments: [[0xFE], authSwitch("mysql_old_password", Array("abcdefgh".utf8))] as [Bytes])
  func refusesTheMethodOfBefore4_1(request: Bytes) throws {
    let (dialogue, _) = try Dialogue.loggingIn {
      $0.plugins = AuthenticationPlugins(allowing: ["mysql_old_password", "mysql_native_password"])
    }
    #expect(throws: Violation.authentication(.pluginNotAllowed("mysql_old_password"))) {
      try dialogue.answer(to: request)
    }
    #expect(!dialogue.hasOutput)
  }

  @Test(arguments: ["", "dialog", "auth_gssapi_client", "authentication_webauthn_client", "\u{FFFD}"])
  func refusesMethodsItDoesNotKnow(plugin: String) throws {
    let (dialogue, _) = try Dialogue.loggingIn { $0.plugins = AuthenticationPlugins(allowing: [plugin]) }
    #expect(throws: Violation.authentication(.unknownPlugin(plugin))) {
      try dialogue.answer(to: authSwitch(plugin))
    }
    #expect(!dialogue.hasOutput)
  }

  @Test(arguments: ["mysql_native_password", "caching_sha2_password", "sha256_password", "client_ed25519"])
  func refusesMethodsThatAreNotOnTheList(plugin: String) throws {
    let (dialogue, login) = try Dialogue.loggingIn(ScriptedGreeting(plugin: plugin)) {
      $0.plugins = AuthenticationPlugins(allowing: [])
    }
    #expect(login.answer == [])
    #expect(throws: Violation.authentication(.pluginNotAllowed(plugin))) {
      try dialogue.answer(to: authSwitch(plugin))
    }
    #expect(!dialogue.hasOutput)
  }

  @Test func beginsWithTheMethodThatTheCallerNames() throws {
    let (dialogue, login) = try Dialogue.loggingIn { $0.firstPlugin = "caching_sha2_password" }
    // The challenge was made for another method, so the server has to ask.
    #expect(login.plugin == "caching_sha2_password" && login.answer == [])
    #expect(try dialogue.answer(to: authSwitch("caching_sha2_password"))?.count == 32)
  }

  /// Whatever method a server asks for, the password never leaves over a plain channel.
  @Test func neverSaysThePasswordOverAPlainChannel() throws {
    let plugins = [
      "mysql_native_password", "caching_sha2_password", "sha256_password", "client_ed25519",
      "mysql_clear_password", "mysql_old_password", "dialog",
    ]
    for first in plugins where first != "client_ed25519" {
      for second in plugins {
        for more in [[4], [3], [1], [2], ServerKey.pem] as [Bytes] {
          let (dialogue, login) = try Dialogue.loggingIn(ScriptedGreeting(plugin: first)) {
            $0.plugins = .all
            $0.allowsClearPassword = true
            $0.publicKey = .askServer
          }
          #expect(!login.answer.contains(Self.secret))
          dialogue.session.receive(
            (packet(2, authSwitch(second, Bytes(repeating: 1, count: second == "client_ed25519" ? 32 : 20)))
              + packet(4, moreData(more)) + packet(6, moreData(ServerKey.pem))).span.bytes)
          _ = try? dialogue.events()
          #expect(!dialogue.takeOutput().contains(Self.secret))
        }
      }
    }
  }
}
