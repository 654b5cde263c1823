import MySQL
import Testing

extension TLSServers {
  /// For which name or address a certificate is.
  @Suite struct ServerNameTests {
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

    /// Of several servers, each has to be who it is called.
    @Test func theNameIsThatOfTheServerThatReplies() async throws {
      // Names that the certificate is for, and is not for.
      let (closed, other) = (
        try MySQLConfiguration.Endpoint.closed(), try MySQLConfiguration.Endpoint.closed("127.0.0.2")
      )
      let server = try OpenSSLServer()
      try await server.use { $0.endpoints = [closed, other, $0.endpoint] }
      let named = try OpenSSLServer("wildcard")
      let text = try await named.refuse { $0.endpoints = [closed, other, $0.endpoint] }
      #expect(text.contains("not for 'localhost' but for DNS:*.example.com"), "\(text)")
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
    @Test func aNameThatNoCertificateCanBeForIsRefused() async throws {
      let server = try OpenSSLServer("wildcard")
      for name in ["", ".", ".example.com"] {
        let text = try await server.refuse { $0.tls.serverName = name }
        #expect(text.contains("a certificate cannot be for"), "\(text)")
      }
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
  }
}
