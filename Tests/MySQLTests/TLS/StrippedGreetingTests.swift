import MySQL
import MySQLTesting
import Testing

/// An attacker in between that changes the greeting, to get the login in clear text. The tests look at every byte that
/// the attacker gets.
@Suite(.timed) struct StrippedGreetingTests {
  @Test(arguments: demandingModes)
  func aServerThatSeemsToHaveNoTLSHearsNothing(mode: MySQLTLS.Mode) async throws {
    let (error, received) = try await attackTLS(mode, offersTLS: false) { try $0.stall() }
    #expect(error?.kind == .tls)
    #expect(error?.description.contains("the server offers no TLS, and the settings demand it") == true)
    #expect(received.isEmpty)
  }

  /// What `preferred` means, and why it is the default only for servers on this machine.
  @Test func preferredTLSAcceptsAServerWithoutTLS() async throws {
    let (error, received) = try await attackTLS(.preferred, offersTLS: false) {
      #expect(try !$0.readLogin().asksForTLS)
      try $0.sendError(1045, message: "no")
    }
    #expect(error?.kind == .authentication)
    #expect(error?.description.contains("may not be the server's own word") == false)
    // The answer to a challenge is not the password.
    #expect(!received.contains(Array(canary.utf8)))
  }

  @Test(
    arguments: demandingModes + [.preferred],
    [[0], [7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0], [0xFF]] as [[UInt8]])
  func bytesAfterTheGreetingAreRefused(mode: MySQLTLS.Mode, bytes: [UInt8]) async throws {
    let (error, received) = try await attackTLS(mode, afterGreeting: bytes, timeout: .milliseconds(500)) {
      try $0.stall()
    }
    // They may come with the greeting or after it. After it, the client takes them for the beginning of a
    // record, and fewer than five bytes are too few to tell that they are not one.
    #expect(error?.kind == .tls || error?.kind == .timeout && bytes.count < 5)
    #expect(received.isEmpty || received.isTLSRequest)
  }

  /// Such as MariaDB's error to a proxy that it does not trust.
  @Test(arguments: demandingModes)
  func anErrorAfterTheGreetingIsReportedAsUnproved(mode: MySQLTLS.Mode) async throws {
    let words = Array("Proxy header is not accepted from 127.0.0.1".utf8)
    let packet = [UInt8(words.count + 3), 0, 0, 1, 0xFF, 0x6A, 0x04] + words
    let (error, received) = try await attackTLS(mode, afterGreeting: packet) { try $0.stall() }
    #expect(error?.kind == .tls)
    #expect(error?.server == nil)
    // If they came late, the client took them for the beginning of a record.
    guard received.isEmpty else { return }
    #expect(error?.message.contains("may not be the server's own word: ERROR 1130: Proxy header") == true)
    #expect(error?.message.contains("proxy-protocol-networks") == true)
  }

  @Test(arguments: demandingModes) func anErrorInPlaceOfTheGreetingIsReportedAsUnproved(
    mode: MySQLTLS.Mode
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
}
