import MySQLWire
import Testing

@Suite(.busy) struct TLSStartTests {
  static let greeting = packet(0, ScriptedGreeting().payload)
  static let settings = {
    var settings = SessionSettings.test
    settings.tls = .always
    return settings
  }()

  @Test func saysNothingToAServerWithoutTheRequiredTLS() throws {
    var greeting = ScriptedGreeting()
    greeting.capabilities.remove(.tls)
    let dialogue = try Dialogue(Self.settings)
    #expect(throws: Violation.missingCapability(.tls)) { try dialogue.hear(packet(0, greeting.payload)) }
    #expect(!dialogue.hasOutput && dialogue.isClosed)
  }

  @Test func goesOnWithoutTLSWhereItIsOnlyPreferred() throws {
    for (isOffered, policy) in [(true, .never), (false, .never), (false, .ifOffered)]
      as [(Bool, SessionSettings.TLSPolicy)]
    {
      var greeting = ScriptedGreeting()
      if !isOffered { greeting.capabilities.remove(.tls) }
      let (dialogue, login) = try Dialogue.loggingIn(greeting) { $0.tls = policy }
      #expect(!login.capabilities.contains(.tls))
      #expect(try dialogue.hear(packet(2, ok())) == [.ready(.expected())])
    }
    let dialogue = try Dialogue(
      {
        var settings = SessionSettings.test
        settings.tls = .ifOffered
        return settings
      }())
    #expect(try dialogue.hear(Self.greeting) == [.startTLS])
  }

  @Test func refusesBytesAfterTheGreeting() throws {
    for extra in [[0], packet(2, ok()), packet(1, failure())] as [Bytes] {
      let dialogue = try Dialogue(Self.settings)
      #expect(throws: Violation.bytesBeforeTLS) { try dialogue.hear(Self.greeting + extra) }
      #expect(!dialogue.hasOutput)
      #expect(dialogue.session.errorBeforeTLS == (extra.count > 4 && extra[4] == 0xFF ? .expected : nil))
    }
  }

  @Test func refusesBytesBeforeTLSRuns() throws {
    // Even an error: in clear text anybody can write one.
    let dialogue = try Dialogue(Self.settings)
    try dialogue.hear(Self.greeting)
    #expect(try dialogue.said().count == 1)
    #expect(throws: Violation.bytesBeforeTLS) { try dialogue.hear(packet(2, failure())) }
    #expect(!dialogue.hasOutput)

    let unread = try Dialogue(Self.settings)
    try unread.hear(Self.greeting)
    _ = unread.session.takeOutput()
    unread.session.receive(packet(2, ok()).span.bytes)
    #expect(throws: Violation.bytesBeforeTLS) { try unread.session.tlsStarted(verified: true) }
    #expect(!unread.hasOutput && unread.isClosed)
  }

  @Test func saysNoNameBeforeTLSRuns() throws {
    let dialogue = try Dialogue(Self.settings)
    try dialogue.hear(Self.greeting)
    #expect(!dialogue.takeOutput().contains(Array("me".utf8)))
    #expect(try dialogue.events() == [] && !dialogue.hasOutput)
  }

  /// Whatever its certificate, a server on a unix socket is on this machine.
  @Test func aUnixSocketIsTrustedThroughTLSToo() throws {
    for channel in [ChannelSecurity.plain, .unixSocket] {
      var settings = Self.settings
      settings.channel = channel
      settings.allowsClearPassword = true
      let dialogue = try Dialogue(settings)
      try dialogue.hear(Self.greeting)
      _ = dialogue.takeOutput()
      try dialogue.session.tlsStarted(verified: false)
      dialogue.loginSequence = try #require(try dialogue.said().first).sequence
      let demand = authSwitch("mysql_clear_password", [])
      if channel == .unixSocket {
        #expect(try dialogue.answer(to: demand) == Array("secret\0".utf8))
      } else {
        #expect(throws: Violation.authentication(.insecureChannel("mysql_clear_password"))) {
          try dialogue.answer(to: demand)
        }
      }
    }
  }
}
