import MySQL
import Testing

extension Live {
  /// TLS with servers whose certificates were issued by the tests' own authority, for localhost, 127.0.0.1 and ::1.
  @Suite(
    .live,
    .live(if: LiveServer.all.contains { $0.certificates != nil }, "MYSQL_TEST_CERTIFICATES is not set"))
  struct TLSTests {
    private static let servers = LiveServer.all.filter { $0.certificates != nil }

    @Test(arguments: servers) func everyModeEncryptsButTheOneThatDoesNot(server: LiveServer) async throws {
      for mode in MySQLTLSMode.allCases {
        try await server.withConnection {
          $0.tls = server.tls(mode)
        } _: {
          let cipher = try await $0.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'").collect()[0]
            .decode(at: 1, as: String.self)
          #expect(cipher == $0.server.tls?.cipher ?? "")
          #expect($0.server.tls?.version == (mode == .disabled ? nil : "TLSv1.3"))
          let isVerified = mode == .verifyCA || mode == .verifyIdentity
          #expect($0.server.tls?.isVerified == (mode == .disabled ? nil : isVerified))
        }
      }
    }

    @Test(arguments: servers) func theServerIsKnownByNameAndByAddress(server: LiveServer) async throws {
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

    @Test(arguments: servers) func anotherNameOrAddressIsRefused(server: LiveServer) async throws {
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

    @Test(arguments: servers) func aCertificateByAnotherAuthorityIsRefused(server: LiveServer) async throws {
      for mode in [MySQLTLSMode.verifyCA, .verifyIdentity] {
        let error = try await server.refusal { $0.tls.mode = mode }
        #expect(error.description.contains("not by an authority that is trusted"))
        #expect(error.description.contains("ssl-ca"))
      }
      for other in Self.servers where other.url != server.url {
        let error = try await server.refusal { $0.tls = other.tls(.verifyCA) }
        #expect(error.description.contains("not by an authority that is trusted"))
      }
    }

    @Test(arguments: servers) func aPinnedCertificateNeedsNoAuthority(server: LiveServer) async throws {
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
        $0.tls.fingerprint = MySQLFingerprint(String(repeating: "ab", count: 32))
      }
      #expect(error.description.contains("\(fingerprint)"))
    }

    @Test(arguments: servers) func anAccountCanDemandAClientCertificate(server: LiveServer) async throws {
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

    @Test(arguments: servers) func aUnixSocketIsEncryptedOnlyIfThatIsAskedFor(server: LiveServer) async throws
    {
      let path = try #require(server.socket)
      for mode in [nil, .preferred, .required, .verifyIdentity] as [MySQLTLSMode?] {
        try await server.withConnection {
          $0.endpoint = .unixSocket(path: path)
          $0.tls = server.tls(mode ?? .preferred)
          if mode == nil { $0.tls = MySQLTLS() }
        } _: {
          #expect(($0.server.tls != nil) == (mode == .required || mode == .verifyIdentity))
          try await $0.ping()
        }
      }
    }

    /// MySQL's method sends the password itself if the server has not seen the account, and TLS is enough
    /// protection for that.
    @Test(arguments: servers) func aFirstLoginNeedsNoKeyOfTheServers(server: LiveServer) async throws {
      try await server.withAccount(password: "Tr0ub4dor & 3 ünïcödé") { account in
        for _ in 1...2 {
          try await server.withConnection {
            $0.user = account
            $0.password = "Tr0ub4dor & 3 ünïcödé"
            $0.publicKey = .none
            $0.tls = server.tls(.required)
          } _: {
            try await $0.expect("SELECT CURRENT_USER()", account + "@%")
            try await $0.changeUser(account, password: "Tr0ub4dor & 3 ünïcödé")
          }
        }
      }
    }

    @Test(arguments: servers) func sessionsAreResumed(server: LiveServer) async throws {
      // Settings that no other test uses, so that there is no session to resume yet.
      let folder = try #require(server.certificates)
      var resumed: [Bool?] = []
      for _ in 1...3 {
        try await server.withConnection {
          $0.tls = server.tls(.verifyIdentity)
          $0.tls.serverName = "localhost"
          $0.tls.certificateFile = folder + "/client-cert.pem"
          $0.tls.keyFile = folder + "/client-key.pem"
        } _: {
          try await $0.ping()
          resumed.append($0.server.tls?.isResumed)
        }
      }
      #expect(resumed == [false, true, true])
    }

    @Test(arguments: servers) func muchGoesBothWays(server: LiveServer) async throws {
      try await server.withConnection {
        $0.tls = server.tls(.verifyIdentity)
      } _: { connection in
        let text = String(
          repeating: "0123456789abcdef", count: TestServers.amount(1 << 20, aByteAtATime: 1 << 11))
        try await connection.expect("SELECT '\(unsafe: text)'", text)
        let error = await #expect(throws: MySQLError.self) { try await connection.execute("SELEC") }
        #expect(error?.server?.code == .syntaxError)
        try await connection.expect("SELECT 1", 1)
      }
    }
  }
}

extension LiveServer {
  /// Settings that trust the authority of this server's certificate.
  fileprivate func tls(_ mode: MySQLTLSMode) -> MySQLTLS {
    var tls = MySQLTLS(mode: mode)
    tls.caFile = certificates.map { $0 + "/ca.pem" }
    return tls
  }

  fileprivate func refusal(_ change: (inout MySQLConfiguration) -> Void) async throws -> MySQLError {
    let settings = try configuration(change)
    let error = await #expect(throws: MySQLError.self) { try await MySQLConnection.connect(settings) }
    #expect(error?.kind == .tls)
    #expect(error?.isRetryable == false)
    return try #require(error)
  }
}
