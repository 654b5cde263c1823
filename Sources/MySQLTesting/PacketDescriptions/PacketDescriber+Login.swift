import MySQLWire

extension PacketDescriber {
  mutating func describeGreeting(_ message: Message) throws(Violation) -> DescribedPacket {
    if message.payload.first == ErrorPacket.header { return try describeError(message) }
    let greeting = try Greeting(payload: message.payload)
    serverCapabilities = greeting.capabilities
    plugin = greeting.plugin
    phase = .login
    return packet(
      message, "Greeting",
      "version=\(VisibleText.of(greeting.serverVersion)) connection=\(greeting.connectionID) "
        + "plugin=\(VisibleText.of(greeting.plugin)) "
        + "status=\(FieldText.names(of: greeting.status)) "
        + "capabilities=\(FieldText.names(of: greeting.capabilities))")
  }

  mutating func describeLogin(_ message: Message) throws(Violation) -> DescribedPacket {
    let login = try HandshakeResponse(payload: message.payload)
    if message.payload.count <= HandshakeResponse.tlsRequestSize {
      startTLS()
      return packet(message, "SSLRequest", "capabilities=\(FieldText.names(of: login.capabilities))")
    }
    capabilities = login.capabilities.intersection(serverCapabilities.union(.mysql))
    reader = CommandReader(capabilities)
    if !login.plugin.isEmpty { plugin = login.plugin }
    phase = .authentication
    var fields = "user=\(FieldText.quoted(login.user)) answer=\(Self.masked(login.answer.count))"
    if let database = login.database { fields += " database=\(FieldText.quoted(database))" }
    if !login.plugin.isEmpty { fields += " plugin=\(VisibleText.of(login.plugin))" }
    fields += " capabilities=\(FieldText.names(of: capabilities))"
    for attribute in login.attributes {
      fields += " \(FieldText.plain(attribute.name))=\(FieldText.quoted(attribute.value))"
    }
    return packet(message, "HandshakeResponse", fields)
  }

  /// Describes what a client sends during a login: the password in one form or another.
  func describeAuthentication(_ message: Message) -> DescribedPacket {
    let payload = message.payload
    if payload.count == 1, payload == [0x02] || payload == [0x01], plugin.contains("sha") {
      return packet(message, "AuthResponse", "asks for the server's public key")
    }
    return packet(message, "AuthResponse", "answer=\(Self.masked(payload.count))")
  }

  mutating func describeLoginAnswer(_ message: Message) throws(Violation) -> DescribedPacket {
    switch message.payload.first {
    case OKPacket.header:
      let isCompressed = !capabilities.isDisjoint(with: [.compress, .zstd])
      if phase == .authentication { phase = isCompressed ? .compressed : .commands }
      return try describeOK(message)
    case ErrorPacket.header: return try describeError(message)
    default: return try describeAuthenticationRequest(message)
    }
  }

  /// Describes what a server asks for during a login.
  mutating func describeAuthenticationRequest(_ message: Message) throws(Violation) -> DescribedPacket {
    switch message.payload.first {
    case AuthSwitch.header:
      let request = try AuthSwitch(payload: message.payload)
      plugin = request.plugin
      return packet(
        message, "AuthSwitchRequest",
        "plugin=\(VisibleText.of(plugin)) challenge=\(request.challenge.count) bytes")
    case AuthNextFactor.header:
      let request = try AuthNextFactor(payload: message.payload)
      plugin = request.plugin
      return packet(message, "AuthNextFactor", "plugin=\(VisibleText.of(plugin))")
    default: return packet(message, "AuthMoreData", FieldText.moreData(message.payload.dropFirst()))
    }
  }

  private static func masked(_ count: Int) -> String { count == 0 ? "none" : "•••" }
}
