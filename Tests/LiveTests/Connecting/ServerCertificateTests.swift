import MySQL
import Testing

extension Live {
  /// Which certificates are accepted of servers that have one from the tests' own authority.
  @Suite(
    .live,
    .live(if: LiveServer.all.contains { $0.certificates != nil }, "MYSQL_TEST_CERTIFICATES is not set"))
  struct ServerCertificateTests {
    @Test(arguments: LiveServer.certified)
    func theServerIsKnownByNameAndByAddress(server: LiveServer) async throws {
      for host in ["localhost", "LocalHost", "127.0.0.1"] {
        try await server.withConnection {
          if case .tcp(_, let port) = $0.endpoint { $0.endpoint = .tcp(host: host, port: port) }
          $0.tls = server.tls(.verifyIdentity)
        } _: {
          try await $0.ping()
        }
      }
      for name in ["::1", "localhost."] {
        try await server.withConnection {
          $0.tls = server.tls(.verifyIdentity)
          $0.tls.serverName = name
        } _: {
          try await $0.ping()
        }
      }
    }

    @Test(arguments: LiveServer.certified)
    func anotherNameOrAddressIsRefused(server: LiveServer) async throws {
      for name in ["db.example.com", "localhost.example.com", "127.0.0.2", "::2"] {
        let error = try await server.refusal {
          $0.tls = server.tls(.verifyIdentity)
          $0.tls.serverName = name
        }
        #expect(error.description.contains("is not for '\(name)' but for DNS:localhost"))
        #expect(error.description.contains("IP Address:127.0.0.1"))
        #expect(error.description.contains("ssl-server-name"))
        // The same certificate is accepted where only its authority matters.
        try await server.withConnection {
          $0.tls = server.tls(.verifyCA)
          $0.tls.serverName = name
        } _: {
          try await $0.ping()
        }
      }
    }

    @Test(arguments: LiveServer.certified)
    func aCertificateByAnotherAuthorityIsRefused(server: LiveServer) async throws {
      for mode in [MySQLTLS.Mode.verifyCA, .verifyIdentity] {
        let error = try await server.refusal { $0.tls.mode = mode }
        #expect(error.description.contains("not from a trusted authority"))
        #expect(error.description.contains("ssl-ca"))
      }
      for other in LiveServer.certified where other.url != server.url {
        let error = try await server.refusal { $0.tls = other.tls(.verifyCA) }
        #expect(error.description.contains("not from a trusted authority"))
      }
    }

    @Test(arguments: LiveServer.certified)
    func aPinnedCertificateNeedsNoAuthority(server: LiveServer) async throws {
      let seen = try await server.withConnection {
        $0.tls.mode = .required
      } _: {
        $0.server.tls?.fingerprint
      }
      let fingerprint = try #require(seen)
      try await server.withConnection {
        $0.tls = MySQLTLS()
        $0.tls.fingerprint = fingerprint
      } _: {
        #expect($0.server.tls?.fingerprint == fingerprint)
        #expect($0.server.tls?.isVerified == true)
      }
      let error = try await server.refusal {
        $0.tls = MySQLTLS()
        $0.tls.fingerprint = MySQLTLS.Fingerprint(String(repeating: "ab", count: 32))
      }
      #expect(error.description.contains("\(fingerprint)"))
    }

    @Test(arguments: LiveServer.certified)
    func anAccountCanDemandAClientCertificate(server: LiveServer) async throws {
      let folder = try #require(server.certificates)
      try await server.withAccount(password: "x", options: "REQUIRE X509") { account in
        let error = await #expect(throws: MySQLError.self) {
          try await server.connect {
            $0.user = account
            $0.password = "x"
            $0.tls = server.tls(.verifyIdentity)
          }
        }
        #expect(error?.server?.code == .accessDenied)
        try await server.withConnection {
          $0.user = account
          $0.password = "x"
          $0.tls = server.tls(.verifyIdentity)
          $0.tls.certificateFile = folder + "/client-cert.pem"
          $0.tls.keyFile = folder + "/client-key.pem"
        } _: {
          try await $0.ping()
        }
      }
    }
  }
}
