import MySQLTesting
import MySQLWire

extension Replay {
  static func firstPayload(of conversation: CaptureFile.Conversation) throws -> [UInt8]? {
    var framer = PacketFramer()
    for turn in conversation.turns where turn.direction == .client {
      framer.queue.append(turn.bytes.span.bytes)
    }
    guard let header = try framer.nextHeader() else { return nil }
    framer.sequence = header.sequence
    return try framer.next()?.payload
  }

  static func settings(
    _ login: HandshakeResponse?, _ expectation: ConversationExpectation
  ) -> SessionSettings {
    let passwords = expectation.passwords ?? [expectation.password]
    var settings = SessionSettings(
      user: login?.user ?? Array(expectation.user.utf8), passwords: passwords.map { Array($0.utf8) },
      database: login?.database)
    if !expectation.clientLeaves {
      settings.publicKey = .askServer
      settings.plugins = .all
    }
    if expectation.plugin == ClearPassword.name, !expectation.clientLeaves {
      settings.allowsClearPassword = true
      settings.channel = .unixSocket
    }
    guard let login else { return settings }
    settings.capabilities = login.capabilities
    settings.claims = login.capabilities
    settings.attributes = login.attributes
    settings.collation = login.collation
    settings.maxPacketSize = login.maxPacketSize
    settings.firstPlugin = login.plugin.isEmpty ? nil : login.plugin
    settings.tls = login.capabilities.contains(.tls) ? .always : .never
    return settings
  }
}
