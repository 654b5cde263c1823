import MySQL
import MySQLTesting
import Testing

/// An attacker in between that wants the login in clear text. The tests look at every byte that the attacker gets.
@Suite(.timed) struct StrippingTests {
  private static let user = "canary-user"
  private static let demanding: [MySQLTLSMode] = [.required, .verifyCA, .verifyIdentity]

  @Test(arguments: demanding) func aServerThatSeemsToHaveNoTLSHearsNothing(mode: MySQLTLSMode) async throws {
    let (error, received) = try await attack(mode, offersTLS: false) { try $0.stall() }
    #expect(error?.kind == .tls)
    #expect(error?.description.contains("the server offers no TLS, and the settings demand it") == true)
    #expect(received.isEmpty)
  }

  /// What `preferred` means, and why it is the default only for servers on this machine.
  @Test func aServerThatSeemsToHaveNoTLSIsTakenAsItIsWhereTLSIsOnlyPreferred() async throws {
    let (error, received) = try await attack(.preferred, offersTLS: false) {
      #expect(try !$0.readLogin().asksForTLS)
      try $0.sendError(1045, message: "no")
    }
    #expect(error?.kind == .authentication)
    #expect(error?.description.contains("may not be the server's own word") == false)
    // The answer to a challenge is not the password.
    #expect(!received.contains(Array(canary.utf8)))
  }

  @Test(arguments: demanding + [.preferred], [[0], [7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0], [0xFF]] as [[UInt8]])
  func bytesBehindTheGreetingAreRefused(mode: MySQLTLSMode, bytes: [UInt8]) async throws {
    let (error, received) = try await attack(mode, behindGreeting: bytes, timeout: .milliseconds(500)) {
      try $0.stall()
    }
    // They may come with the greeting or after it. After it, the client takes them for the beginning of a
    // record, and fewer than five bytes are too few to tell that they are not one.
    #expect(error?.kind == .tls || error?.kind == .timeout && bytes.count < 5)
    #expect(received.isEmpty || received.isTLSRequest)
  }

  /// Such as MariaDB's error to a proxy that it does not trust.
  @Test(arguments: demanding) func anErrorBehindTheGreetingIsShownAsUnproved(mode: MySQLTLSMode) async throws
  {
    let words = Array("Proxy header is not accepted from 127.0.0.1".utf8)
    let packet = [UInt8(words.count + 3), 0, 0, 1, 0xFF, 0x6A, 0x04] + words
    let (error, received) = try await attack(mode, behindGreeting: packet) { try $0.stall() }
    #expect(error?.kind == .tls)
    #expect(error?.server == nil)
    // If they came late, the client took them for the beginning of a record.
    guard received.isEmpty else { return }
    #expect(error?.message.contains("may not be the server's own word: ERROR 1130: Proxy header") == true)
    #expect(error?.message.contains("proxy-protocol-networks") == true)
  }

  @Test(arguments: demanding + [.preferred]) func anAnswerInClearTextIsRefused(
    mode: MySQLTLSMode
  ) async throws {
    for isError in [true, false] {
      let (error, received) = try await attack(mode) {
        _ = try $0.readLogin()
        if isError {
          try $0.sendError(1045, message: "Access denied; please try without TLS")
        } else {
          try $0.sendOK()
        }
        try $0.stall()
      }
      #expect(error?.kind == .tls)
      #expect(error?.server == nil)
      #expect(received.isTLSRequest)
    }
  }

  @Test(arguments: demanding) func anErrorInPlaceOfTheGreetingIsToldAsUnproved(
    mode: MySQLTLSMode
  ) async throws {
    let server = try ScriptedServer {
      try $0.sendError(1040, state: nil, message: "Too many connections")
      try $0.stall()
    }
    let settings = try server.settings { $0.tls.mode = mode }
    let error = await failure { try await MySQLConnection.connect(settings) }
    #expect(error?.server?.code == .tooManyConnections)
    #expect(error?.description.contains("may not be the server's own word") == true)
    #expect(try await server.connection().received.isEmpty)
  }

  @Test(arguments: demanding + [.preferred]) func silenceBehindTheRequestEndsByTheDeadline(
    mode: MySQLTLSMode
  ) async throws {
    let deadline = Duration.milliseconds(500)
    try await expectPunctual(deadline) {
      try await duration {
        let (error, received) = try await attack(mode, timeout: deadline) {
          _ = try $0.readLogin()
          try $0.stall()
        }
        #expect(error?.kind == .timeout)
        #expect(error?.description.contains("TLS handshake") == true)
        #expect(received.isTLSRequest)
      }
    }
  }

  @Test(arguments: demanding + [.preferred]) func noiseInPlaceOfTLSIsRefused(mode: MySQLTLSMode) async throws
  {
    let noise: [[UInt8]] = [
      Array(repeating: 0, count: 100), Array(repeating: 0xFF, count: 100),
      Array("HTTP/1.1 400 Bad\r\n\r\n".utf8),
      // Records: an alert, application data.
      [21, 3, 3, 0, 2, 2, 40], [23, 3, 3, 0, 3, 1, 2, 3],
    ]
    for bytes in noise {
      let (error, received) = try await attack(mode) {
        _ = try $0.readLogin()
        try $0.send(bytes)
        try $0.stall()
      }
      #expect(error?.kind == .tls, "\(bytes)")
      #expect(received.isTLSRequest)
    }
  }

  @Test(arguments: demanding + [.preferred]) func anEndBehindTheRequestIsALostConnection(
    mode: MySQLTLSMode
  ) async throws {
    let (error, received) = try await attack(mode) {
      _ = try $0.readLogin()
      $0.close()
    }
    #expect(error?.kind == .connectionLost)
    #expect(received.isTLSRequest)
  }

  /// Lets a client connect, and returns its error and all that it sent.
  private func attack(
    _ mode: MySQLTLSMode, offersTLS: Bool = true, behindGreeting: [UInt8] = [],
    timeout: Duration = .seconds(10),
    _ script: @escaping @Sendable (ScriptedConnection) throws -> Void
  ) async throws -> (MySQLError?, [UInt8]) {
    let server = try ScriptedServer { connection in
      var greeting = ServerGreeting.mysql
      if offersTLS { greeting.capabilities |= 1 << 11 }
      try connection.sendGreeting(greeting)
      if !behindGreeting.isEmpty { try connection.send(behindGreeting) }
      try script(connection)
    }
    let settings = try server.settings {
      $0.user = Self.user
      $0.connectTimeout = timeout
      $0.tls.mode = mode
    }
    let error = await failure { try await MySQLConnection.connect(settings) }
    let connection = try await server.connection()
    #expect(await connection.waitForEnd(), "the socket is still open")
    let received = connection.received
    if mode != .preferred { #expect(!received.contains(Array(Self.user.utf8))) }
    #expect(!received.contains(Array(canary.utf8)))
    return (error, received)
  }
}

extension [UInt8] {
  /// Whether the bytes are a request for TLS, with nothing in clear text after it. Only handshake records and
  /// alerts may follow.
  fileprivate var isTLSRequest: Bool {
    guard count >= 36, prefix(4) == [32, 0, 0, 1] else { return false }
    var rest = self[36...]
    while rest.count >= 5 {
      let start = rest.startIndex
      guard [20, 21, 22].contains(rest[start]), rest[start + 1] == 3 else { return false }
      rest = rest.dropFirst(5 + Int(rest[start + 3]) << 8 + Int(rest[start + 4]))
    }
    return rest.isEmpty
  }
}
