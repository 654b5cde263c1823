import MySQLTesting
import MySQLWire
import Testing

@Suite(.busy) struct HandshakeResponseTests {
  /// Each capability that changes the layout adds its part to these bytes, at its place.
  @Test func writesTheLayoutThatTheCapabilitiesAskFor() throws {
    let optional: [Capabilities] = [
      .longAuthenticationData, .connectWithDatabase, .pluginAuthentication, .connectAttributes, .zstd,
    ]
    for bits in 0..<1 << optional.count {
      var capabilities: Capabilities = [.protocol41, .secureConnection]
      for (index, capability) in optional.enumerated() where bits >> index & 1 == 1 {
        capabilities.insert(capability)
      }
      var expected: Bytes = []
      expected += (0..<4).map { UInt8(truncatingIfNeeded: capabilities.rawValue >> (8 * $0)) }
      expected += [0, 0, 0, 0x40, 45] + Bytes(repeating: 0, count: 23)
      expected += [0x6D, 0x65, 0] + [3, 7, 8, 9]
      if capabilities.contains(.connectWithDatabase) { expected += [0x64, 0x62, 0] }
      if capabilities.contains(.pluginAuthentication) { expected += [0x70, 0x6C, 0] }
      if capabilities.contains(.connectAttributes) { expected += [7, 1, 0x61, 1, 0x62, 1, 0x63, 0] }
      if capabilities.contains(.zstd) { expected += [3] }
      #expect(written(Self.response(capabilities)) == expected, "\(bits)")
    }
  }

  @Test func writesMariaDBsOwnCapabilitiesIntoTheFiller() {
    let response = Self.response([.protocol41, .secureConnection, .mariadbBulk, .mariadbCacheMetadata])
    #expect(written(response)[28..<32] == [0b10100, 0, 0, 0])
  }

  @Test(arguments: [0, 1, 250, 251, 252, 65_535, 65_536])
  func writesFieldsOfEverySize(size: Int) throws {
    var response = Self.response([
      .protocol41, .secureConnection, .longAuthenticationData, .connectWithDatabase, .pluginAuthentication,
      .connectAttributes,
    ])
    let text = Bytes(repeating: 0x7A, count: size)
    response.user = text
    response.answer = text
    response.database = text
    response.attributes = [
      ConnectionAttribute(name: text, value: []), ConnectionAttribute(name: [1], value: text),
    ]
    #expect(try HandshakeResponse(payload: written(response)) == response)
  }

  @Test func asksForTLSWithTheBeginningOfTheLogin() throws {
    var settings = SessionSettings.test
    settings.tls = .always
    settings.database = Array("db".utf8)
    settings.attributes = [ConnectionAttribute(name: [1], value: [2])]
    for capabilities in [Capabilities.mysqlServer, .mariadbServer] {
      let dialogue = try Dialogue(settings)
      let events = try dialogue.hear(packet(0, ScriptedGreeting(capabilities: capabilities).payload))
      #expect(events == [.startTLS])
      let request = try #require(try dialogue.said().first)
      #expect(request.sequence == 1 && request.payload.count == 32)
      try dialogue.session.tlsStarted(verified: true)
      let login = try #require(try dialogue.said().first)
      #expect(login.sequence == 2)
      #expect(login.payload.starts(with: request.payload) && login.payload.count > 32)
      #expect(login.payload[9..<28].allSatisfy { $0 == 0 })
      #expect(try dialogue.hear(packet(3, ok())) == [.ready(.expected())])
    }
  }

  static func response(_ capabilities: Capabilities) -> HandshakeResponse {
    HandshakeResponse(
      capabilities: capabilities, maxPacketSize: 1 << 30, collation: 45, user: [0x6D, 0x65],
      answer: [7, 8, 9], database: [0x64, 0x62], plugin: "pl",
      attributes: [
        ConnectionAttribute(name: [0x61], value: [0x62]), ConnectionAttribute(name: [0x63], value: []),
      ])
  }

  private func written(_ response: HandshakeResponse) -> Bytes {
    var writer = ByteWriter()
    response.write(to: &writer)
    return writer.bytes
  }
}
