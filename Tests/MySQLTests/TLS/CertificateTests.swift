import Foundation
import MySQL
import MySQLTesting
import Testing

/// Which real TLS servers are accepted and which are refused, by their certificates and by what they speak.
@Suite(.timed, .openSSL, .serialized) struct CertificateTests {
  @Test func theRightNameIsAccepted() async throws {
    let server = try OpenSSLServer()
    let info = try await server.use()
    #expect(info.version == "TLSv1.3")
    #expect(info.cipher.hasPrefix("TLS_"))
    #expect(try info.fingerprint == TestCertificates.shared?.fingerprint("server.pem"))
  }

  @Test func theRightAddressIsAccepted() async throws {
    let server = try OpenSSLServer()
    try await server.use { $0.tls.serverName = "127.0.0.1" }
    try await server.use { $0.tls.serverName = "::1" }
    try await server.use { $0.tls.serverName = "0:0::0:1%lo" }
  }

  @Test func aWrongNameIsRefused() async throws {
    let server = try OpenSSLServer()
    for name in ["db.example.com", "localhos", "xlocalhost", "a.localhost"] {
      let text = try await server.refuse { $0.tls.serverName = name }
      #expect(text.contains("not for '\(name)' but for DNS:localhost, IP Address:127.0.0.1"), "\(text)")
    }
  }

  @Test func aWrongAddressIsRefused() async throws {
    let server = try OpenSSLServer()
    for address in ["127.0.0.2", "::2"] {
      let text = try await server.refuse { $0.tls.serverName = address }
      #expect(text.contains("not for '\(address)' but for DNS:localhost"), "\(text)")
    }
    // An address that a certificate contains as a name does not count, and the other way round.
    let named = try OpenSSLServer("wildcard")
    try await named.refuse { $0.tls.serverName = "127.0.0.1" }
  }

  @Test func aWildcardStandsForOneLabel() async throws {
    let server = try OpenSSLServer("wildcard")
    try await server.use { $0.tls.serverName = "db.example.com" }
    try await server.use { $0.tls.serverName = "DB.Example.Com." }
    let other = try OpenSSLServer("wildcard")
    for name in ["a.b.example.com", "example.com", "db.example.org"] {
      let text = try await other.refuse { $0.tls.serverName = name }
      #expect(text.contains("'\(name)' but for DNS:*.example.com"), "\(text)")
    }
  }

  /// To OpenSSL, these mean any name, or any name with that ending.
  @Test func aNameThatIsNoneIsRefused() async throws {
    let server = try OpenSSLServer("wildcard")
    for name in ["", ".", ".example.com"] {
      let text = try await server.refuse { $0.tls.serverName = name }
      #expect(text.contains("a certificate cannot be for"), "\(text)")
    }
  }

  @Test func aCertificateByAnotherAuthorityIsRefused() async throws {
    let server = try OpenSSLServer()
    for mode in [MySQLTLSMode.verifyCA, .verifyIdentity] {
      let text = try await server.refuse {
        $0.tls.mode = mode
        $0.tls.caFile = TestCertificates.shared?.path("other-ca.pem")
      }
      #expect(text.contains("not by an authority that is trusted") && text.contains("ssl-ca"), "\(text)")
    }
    // The two modes that do not check the authority accept it.
    try await server.use { $0.tls = MySQLTLS(mode: .preferred) }
    try await server.use { $0.tls = MySQLTLS(mode: .required) }
  }

  @Test func aFileThatChangesCountsForTheNextConnection() async throws {
    let certificates = try #require(TestCertificates.shared)
    let server = try OpenSSLServer()
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).pem")
    defer { try? FileManager.default.removeItem(at: file) }
    for (name, isTrusted) in [("ca.pem", true), ("other-ca.pem", false), ("ca.pem", true)] {
      try Data(contentsOf: URL(fileURLWithPath: certificates.path(name))).write(to: file, options: .atomic)
      let settings = try server.settings { $0.tls.caFile = file.path }
      let error = await failure { try await MySQLConnection.connect(settings).ping() }
      #expect(error?.kind == (isTrusted ? nil : .tls))
    }
  }

  @Test func onlyTheSystemsAuthoritiesAreTrustedUnlessOthersAreNamed() async throws {
    let server = try OpenSSLServer()
    let text = try await server.refuse { $0.tls.caFile = nil }
    #expect(text.contains("not by an authority that is trusted"))
    let authority = try #require(TestCertificates.shared?.authority)
    let url = try server.settings { $0.tls.caFile = nil }.url
    // Runs in a process whose system trusts the tests' authority.
    await #expect(processExitsWith: .success) { [authority = authority as String, url = url as String] in
      setenv("SSL_CERT_FILE", authority, 1)
      try await MySQLConnection.connect(url: url).ping()
    }
  }

  @Test func anExpiredCertificateIsRefused() async throws {
    let server = try OpenSSLServer("expired")
    let text = try await server.refuse()
    #expect(text.contains("certificate of 'CN = expired' expired on "), "\(text)")
    #expect(text.contains("GMT") && text.contains("clock"), "\(text)")
  }

  @Test func aNULInTheCertificatesNameDoesNotEndIt() async throws {
    let server = try OpenSSLServer("nul")
    let text = try await server.refuse()
    #expect(text.contains("is not for 'localhost' but for "), "\(text)")
    #expect(!text.utf8.contains(0))
  }

  @Test func aNULInTheWantedNameIsRefused() async throws {
    let server = try OpenSSLServer()
    let settings = try server.settings { $0.tls.serverName = "localhost\0.evil.it" }
    let error = await failure { try await MySQLConnection.connect(settings) }
    #expect(error?.kind == .configuration)
  }

  @Test func oldVersionsAreRefused() async throws {
    for version in ["-tls1_1", "-tls1"] {
      let server = try OpenSSLServer(options: [version, "-cipher", "DEFAULT@SECLEVEL=0"])
      let text = try await server.refuse { $0.tls.mode = .required }
      #expect(text.contains("no version of TLS in common") && text.contains("TLS 1.2"), "\(text)")
    }
    let server = try OpenSSLServer(options: ["-tls1_2"])
    #expect(try await server.use().version == "TLSv1.2")
    let newer = try OpenSSLServer(options: ["-tls1_2"])
    let text = try await newer.refuse { $0.tls.minimumVersion = .tls13 }
    #expect(text.contains("tls-version"), "\(text)")
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"]) func aClientCertificateIsShown(version: String) async throws {
    let certificates = try #require(TestCertificates.shared)
    let options = [version, "-Verify", "1", "-verify_return_error", "-CAfile", certificates.authority]
    let server = try OpenSSLServer(options: options)
    try await server.use {
      $0.tls.certificateFile = certificates.path("client.pem")
      $0.tls.keyFile = certificates.path("client-key.pem")
    }
    let other = try OpenSSLServer(options: options)
    let text = try await other.refuse()
    #expect(text.contains("ssl-cert") && text.contains("ssl-key"), "\(text)")
  }

  @Test func aPinnedCertificateNeedsNoAuthorityAndNoName() async throws {
    let server = try OpenSSLServer("expired")
    let fingerprint = try TestCertificates.shared?.fingerprint("expired.pem")
    let info = try await server.use {
      $0.tls = MySQLTLS()
      $0.tls.fingerprint = fingerprint
    }
    #expect(info.fingerprint == fingerprint)
  }

  @Test func anotherCertificateThanThePinnedOneIsRefused() async throws {
    let server = try OpenSSLServer()
    let wanted = try TestCertificates.shared?.fingerprint("expired.pem")
    let found = try #require(try TestCertificates.shared?.fingerprint("server.pem"))
    for mode in [nil, .required, .verifyCA, .verifyIdentity] as [MySQLTLSMode?] {
      let text = try await server.refuse {
        $0.tls.mode = mode
        $0.tls.fingerprint = wanted
      }
      #expect(text.contains("ssl-fingerprint") && text.contains("\(found)"), "\(text)")
    }
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"]) func everyByteMayComeAlone(version: String) async throws {
    let pieces = StreamPlan(pieces: .of(1))
    let server = try OpenSSLServer(
      options: [version], plan: FaultPlan(fromClient: pieces, fromServer: pieces))
    #expect(try await server.use().isResumed == false)
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"]) func sessionsAreResumed(version: String) async throws {
    let server = try OpenSSLServer(options: [version])
    #expect(try await server.use().isResumed == false)
    for _ in 1...3 { #expect(try await server.use().isResumed) }
    // Settings that demand something else of the certificate do not resume, because they have not checked it yet.
    #expect(try await server.use { $0.tls.serverName = "127.0.0.1" }.isResumed == false)
  }

  /// A connection that ends anywhere in the middle of the handshake is lost, and the client has said nothing.
  @Test func anEndInTheMiddleIsALostConnection() async throws {
    for offset in [0, 1, 4, 5, 6, 100, 128, 200, 500, 700] {
      let server = try OpenSSLServer(plan: FaultPlan(.cut, at: .offset(offset), from: .server))
      let settings = try server.settings()
      let error = await failure { try await MySQLConnection.connect(settings) }
      #expect(error?.kind == .connectionLost, "\(offset)")
      #expect(error?.description.contains("in the middle of the TLS handshake") == true, "\(offset)")
      #expect(server.said.isEmpty)
    }
  }

  @Test func aDamagedByteIsNoticed() async throws {
    for offset in [0, 1, 3, 5, 9, 11, 60, 140, 300, 600] {
      let server = try OpenSSLServer(plan: FaultPlan(.flip(0x41), at: .offset(offset), from: .server))
      let settings = try server.settings { $0.connectTimeout = .seconds(1) }
      let error = await failure { try await MySQLConnection.connect(settings) }
      // If a length has become larger, the client waits for the rest.
      #expect(error?.kind == .tls || error?.kind == .timeout, "\(offset)")
      #expect(server.said.isEmpty)
    }
  }
}
