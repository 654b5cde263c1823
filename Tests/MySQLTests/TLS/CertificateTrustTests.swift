import Foundation
import MySQL
import Testing

extension TLSServers {
  /// Which certificates are trusted, whatever name they are for.
  @Suite struct CertificateTrustTests {
    @Test func aCertificateByAnotherAuthorityIsRefused() async throws {
      let server = try OpenSSLServer()
      for mode in [MySQLTLS.Mode.verifyCA, .verifyIdentity] {
        let text = try await server.refuse {
          $0.tls.mode = mode
          $0.tls.caFile = TestCertificates.shared?.path("other-ca.pem")
        }
        #expect(text.contains("not from a trusted authority") && text.contains("ssl-ca"), "\(text)")
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
      #expect(text.contains("not from a trusted authority"))
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
      for mode in [nil, .required, .verifyCA, .verifyIdentity] as [MySQLTLS.Mode?] {
        let text = try await server.refuse {
          $0.tls.mode = mode
          $0.tls.fingerprint = wanted
        }
        #expect(text.contains("ssl-fingerprint") && text.contains("\(found)"), "\(text)")
      }
    }
  }
}
