import MySQL
import Testing

extension Live {
  /// TLS with servers whose certificates were issued by the tests' own authority, for localhost, 127.0.0.1 and ::1.
  @Suite(
    .live,
    .live(if: LiveServer.all.contains { $0.certificates != nil }, "MYSQL_TEST_CERTIFICATES is not set"))
  struct TLSTests {
    @Test(arguments: LiveServer.certified)
    func everyModeEncryptsButTheOneThatDoesNot(server: LiveServer) async throws {
      for mode in MySQLTLS.Mode.allCases {
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

    @Test(arguments: LiveServer.certified)
    func aUnixSocketIsEncryptedOnlyIfThatIsAskedFor(server: LiveServer) async throws {
      let path = try #require(server.socket)
      for mode in [nil, .preferred, .required, .verifyIdentity] as [MySQLTLS.Mode?] {
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
    @Test(arguments: LiveServer.certified)
    func aFirstLoginNeedsNoKeyOfTheServers(server: LiveServer) async throws {
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

    @Test(arguments: LiveServer.certified) func sessionsAreResumed(server: LiveServer) async throws {
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

    @Test(arguments: LiveServer.certified) func muchGoesBothWays(server: LiveServer) async throws {
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
