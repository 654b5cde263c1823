import MySQLTesting
import MySQLWire

extension Dialogue {
  /// Returns a session that has received a greeting, over TLS if the channel says so, and the login that it
  /// sent in reply.
  static func loggingIn(
    _ greeting: ScriptedGreeting = ScriptedGreeting(), over channel: ChannelSecurity = .plain,
    _ change: (inout SessionSettings) -> Void = { _ in }
  ) throws -> (dialogue: Dialogue, login: HandshakeResponse) {
    var settings = SessionSettings.test
    if case .tls = channel { settings.tls = .always } else { settings.channel = channel }
    change(&settings)
    let dialogue = try Dialogue(settings)
    try dialogue.hear(packet(0, greeting.payload))
    if case .tls(let verified) = channel {
      _ = dialogue.takeOutput()
      try dialogue.session.tlsStarted(verified: verified)
    }
    let said = try dialogue.said()
    guard said.count == 1 else { throw Violation.truncated }
    dialogue.loginSequence = said[0].sequence
    return (dialogue, try HandshakeResponse(payload: said[0].payload))
  }

  /// Feeds the server's next packet of the login, and returns the client's answer; nil if there is none.
  func answer(to payload: Bytes) throws -> Bytes? {
    try hear(packet(loginSequence &+ 1, payload))
    let said = try said()
    loginSequence &+= 1 + UInt8(said.count)
    guard let first = said.first else { return nil }
    guard said.count == 1, first.sequence == loginSequence else { throw Violation.truncated }
    return first.payload
  }
}
