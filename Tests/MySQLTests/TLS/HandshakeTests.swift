import MySQL
import MySQLTesting
import Testing

extension TLSServers {
  /// What a server speaks, and what happens to it on the way.
  @Suite struct HandshakeTests {
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
}
