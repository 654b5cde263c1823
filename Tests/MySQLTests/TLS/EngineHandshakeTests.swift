import MySQLTesting
import Testing

@testable import MySQL

/// The handshake of the engine alone, against a server's side in the same process.
@Suite(.busy, .openSSL) struct EngineHandshakeTests {
  @Test func theServerHearsAGoodbyeAndWhyItIsRefused() throws {
    let pair = try EnginePair()
    try pair.shakeHands()
    pair.close()
    #expect(!pair.takeCiphertext().isEmpty)
    pair.close()
    #expect(pair.takeCiphertext().isEmpty)

    let refused = try EnginePair { $0.serverName = "other" }
    let failure = #expect(throws: TLSFailure.self) { try refused.shakeHands() }
    #expect(
      failure
        == .certificate(
          .wrongName(
            wanted: "other", found: "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1")))
    let alert = refused.takeCiphertext()
    #expect(!alert.isEmpty)
    refused.server.receive(alert)
    #expect(!refused.server.handshake())
  }

  @Test func noiseNeverPassesForAHandshake() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let pair = try EnginePair()
      var noise = (0..<200).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      // Half of them look like a record with a ServerHello in it.
      if Bool.random(using: &random) { noise.replaceSubrange(..<6, with: [22, 3, 3, 0, 100, 2]) }
      var isDone = false
      do throws(TLSFailure) {
        pair.client.receiveAll(noise)
        isDone = try pair.client.handshake() != nil
      } catch {}
      #expect(!isDone)
    }
  }

  /// This decides whether a password may be sent as it is.
  @Test func onlyProofCountsAsVerified() throws {
    let fingerprint = try TestCertificates.shared?.fingerprint("server.pem")
    for (mode, pin, isVerified) in [
      (.preferred, nil, false), (.required, nil, false), (.required, fingerprint, true),
      (.verifyCA, nil, true),
      (.verifyIdentity, nil, true),
    ] as [(MySQLTLS.Mode, MySQLTLS.Fingerprint?, Bool)] {
      let pair = try EnginePair {
        $0.mode = mode
        $0.fingerprint = pin
      }
      try pair.shakeHands()
      #expect(pair.peer?.isVerified == isVerified, "\(mode)")
    }
    // Anybody can get a certificate from one of the system's authorities.
    var settings = MySQLTLS(mode: .verifyCA)
    let library = try OpenSSL.system.get()
    #expect(try !OpenSSLContext(library, settings, .verifyCA).provesIdentity)
    settings.fingerprint = fingerprint
    #expect(try OpenSSLContext(library, settings, .verifyCA).provesIdentity)
  }

  @Test func onlyNamesAreSentToTheServer() throws {
    for (name, isTold) in [
      ("localhost", true), ("127.0.0.1", false), ("::1", false), ("db.example.com", true),
    ] {
      let pair = try EnginePair { $0.serverName = name }
      _ = try pair.client.handshake()
      let hello = pair.client.takeCiphertext()
      #expect(hello.contains(Array(name.utf8)) == isTold, "\(name)")
    }
  }
}
