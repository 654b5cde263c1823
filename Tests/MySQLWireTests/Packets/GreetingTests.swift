import MySQLTesting
import MySQLWire
import Testing

@Suite(.busy) struct GreetingTests {
  /// What servers send, compiled from their manuals: versions, capability bits, collation, plugin.
  static let servers: [(version: String, shared: UInt32, extended: UInt32, plugin: String, isMariaDB: Bool)] =
    [
      ("5.7.44-log", 0xC1FF_FFFF, 0, "mysql_native_password", false),
      ("8.4.6", 0xDFFF_FFFF, 0, "caching_sha2_password", false),
      ("9.5.0", 0xDFFF_FFFF, 0, "caching_sha2_password", false),
      ("5.5.5-10.3.39-MariaDB", 0x81FF_F7FE, 0x07, "mysql_native_password", true),
      ("5.5.5-10.11.14-MariaDB-log", 0x81FF_F7FE, 0x1D, "mysql_native_password", true),
      ("11.8.3-MariaDB-ubu2404", 0x81FF_FFFE, 0x1D, "mysql_native_password", true),
      // A proxy in front of MariaDB that shows a version of its own, and MariaDB before 10.2.
      ("8.0.30-proxy", 0x81FF_F7FE, 0x1D, "mysql_native_password", true),
      ("5.5.68-MariaDB", 0x800F_F7FF, 0, "mysql_native_password", true),
      // Sphinx and Manticore leave CLIENT_LONG_PASSWORD out as MariaDB does.
      ("2.2.11-id64-release (95ae9a6)", 0x0008_8208, 0, "mysql_native_password", false),
      (
        "6.3.6 593045790@24080214 (columnar 2.3.0 2f5ac95@24080214)", 0x0008_8208, 0, "mysql_native_password",
        false
      ),
    ]

  @Test(arguments: servers)
  func readsTheGreetingsOfServers(
    server: (version: String, shared: UInt32, extended: UInt32, plugin: String, isMariaDB: Bool)
  ) throws {
    var bytes: Bytes = [10]
    bytes += Array(server.version.utf8) + [0]
    bytes += [0x0D, 0x0C, 0x0B, 0x0A]
    bytes += Bytes.challenge.prefix(8) + [0]
    bytes += [UInt8(server.shared & 0xFF), UInt8(server.shared >> 8 & 0xFF)]
    bytes += [0xFF, 0x02, 0x00]
    bytes += [UInt8(server.shared >> 16 & 0xFF), UInt8(server.shared >> 24)]
    bytes += [21] + Bytes(repeating: 0, count: 6) + [UInt8(server.extended), 0, 0, 0]
    bytes += Bytes.challenge.dropFirst(8) + [0]
    bytes += Array(server.plugin.utf8) + [0]

    let greeting = try Greeting(payload: bytes)
    #expect(greeting.serverVersion == server.version)
    #expect(greeting.connectionID == 0x0A0B_0C0D)
    #expect(greeting.capabilities == Capabilities(shared: server.shared, extended: server.extended))
    #expect(greeting.collation == 255)
    #expect(greeting.status == .autocommit)
    #expect(greeting.challenge == .challenge)
    #expect(greeting.plugin == server.plugin)
    #expect(greeting.isMariaDB == server.isMariaDB)
    for count in 0..<bytes.count - server.plugin.utf8.count - 1 {
      #expect(throws: Violation.self) { try Greeting(payload: Array(bytes[..<count])) }
    }
  }

  @Test func readsNoExtendedCapabilitiesFromMySQL() throws {
    let capabilities = Capabilities(shared: Capabilities.mysqlServer.shared, extended: 0xFF)
    let greeting = try Greeting(payload: ScriptedGreeting(capabilities: capabilities).payload)
    #expect(greeting.capabilities.extended == 0)
  }

  @Test func readsAPluginWithoutItsNUL() throws {
    let greeting = ScriptedGreeting(plugin: "caching_sha2_password", endsPlugin: false)
    #expect(try Greeting(payload: greeting.payload).plugin == "caching_sha2_password")
  }

  @Test func takesTheOldMethodWhereNoneIsNamed() throws {
    var greeting = ScriptedGreeting()
    greeting.capabilities.remove(.pluginAuthentication)
    #expect(try Greeting(payload: greeting.payload).plugin == "mysql_native_password")
  }

  @Test(arguments: [0, 1, 7, 8, 9, 19, 20, 21, 255])
  func answersOnlyChallengesOfTwentyBytes(size: Int) throws {
    let greeting = ScriptedGreeting(challenge: Bytes(repeating: 0x63, count: size))
    let dialogue = try Dialogue()
    do {
      try dialogue.hear(packet(0, greeting.payload))
      // A challenge that is too short or too long changes the plugin's name, which is then unknown and gets no answer.
      let said = try #require(try dialogue.said().first)
      #expect(try HandshakeResponse(payload: said.payload).answer.isEmpty == (size != 20))
    } catch {
      #expect(error as? Violation == .malformed(.authSwitch))
      #expect(size == 21 && !dialogue.hasOutput)
    }
  }

  @Test(arguments: [0, 1, 20, 22, 255] as [UInt8])
  func survivesChallengesOfAnotherSizeThanAnnounced(size: UInt8) throws {
    let greeting = ScriptedGreeting(announcedSize: size)
    // Servers send 21 bytes even if they announce fewer; more would reach into the plugin's name.
    if size <= 21 {
      #expect(try Greeting(payload: greeting.payload).challenge == .challenge)
    } else if size == 255 {
      #expect(throws: Violation.truncated) { try Greeting(payload: greeting.payload) }
    } else {
      #expect(try Greeting(payload: greeting.payload).challenge.count == 22)
    }
  }

  @Test(arguments: [Capabilities.protocol41, .secureConnection])
  func refusesServersThatLackACapability(capability: Capabilities) throws {
    var greeting = ScriptedGreeting()
    greeting.capabilities.remove(capability)
    let dialogue = try Dialogue()
    #expect(throws: Violation.missingCapability(capability)) {
      try dialogue.hear(packet(0, greeting.payload))
    }
    #expect(!dialogue.hasOutput)
  }

  @Test func refusesProtocol9() throws {
    let dialogue = try Dialogue()
    #expect(throws: Violation.unsupportedProtocol(version: 9)) {
      try dialogue.hear([0x20, 0, 0, 0, 9])
    }
  }

  @Test func readsAnErrorWithoutSQLSTATE() throws {
    let bytes: Bytes = [0x17, 0x00, 0x00, 0x00, 0xFF, 0x10, 0x04] + Array("Too many connections".utf8)
    let dialogue = try Dialogue()
    #expect(
      try dialogue.hear(bytes) == [.closed(ErrorPacket(code: 1040, message: "Too many connections"))])
    #expect(dialogue.isClosed && !dialogue.hasOutput)
  }

  @Test func readsAnErrorWithSQLSTATE() throws {
    let dialogue = try Dialogue()
    let events = try dialogue.hear(packet(0, failure(1130, "HY000", "Host is not allowed")))
    #expect(
      events == [.closed(ErrorPacket(code: 1130, sqlState: "HY000", message: "Host is not allowed"))])
  }

  @Test(
    arguments: [
      Array("HTTP/1.1 400 Bad Request\r\n".utf8), Array("SSH-2.0-OpenSSH_9.6\r\n".utf8),
      Array("220 mail.example.com ESMTP\r\n".utf8), Array("-ERR unknown command\r\n".utf8),
      // A notice of the X Protocol, and a fatal alert of TLS.
      [0x05, 0x00, 0x00, 0x00, 0x0B, 0x08, 0x05, 0x1A, 0x00], [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28],
    ] as [Bytes])
  func recognizesOtherServersByTheirFirstBytes(bytes: Bytes) throws {
    let dialogue = try Dialogue()
    #expect(throws: Violation.notMySQL) { try dialogue.hear(Array(bytes.prefix(5))) }
    #expect(!dialogue.hasOutput)
  }
}
