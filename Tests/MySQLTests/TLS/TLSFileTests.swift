import MySQL
import MySQLTesting
import Testing

/// Unusable files: the error comes before anything is sent, and names the option.
@Suite(.timed, .openSSL) struct TLSFileTests {
  private let server: ScriptedServer
  private let certificates: TestCertificates

  init() throws {
    server = try ScriptedServer { try $0.sendGreeting() }
    certificates = try #require(TestCertificates.shared)
  }

  @Test func missingFilesAreNamed() async throws {
    for (option, change) in [
      ("ssl-ca", { $0.caFile = "/no/such/file" }),
      ("ssl-cert", { $0.certificateFile = "/no/such/file" }),
      (
        "ssl-key",
        { [certificates] in
          $0.certificateFile = certificates.path("client.pem")
          $0.keyFile = "/no/such/file"
        }
      ),
    ] as [(String, (inout MySQLTLS) -> Void)] {
      let text = try await refusal(change)
      #expect(text.contains("option \(option), /no/such/file, cannot be read"), "\(text)")
    }
  }

  @Test func filesThatHoldSomethingElseAreNamed() async throws {
    let key = certificates.path("client-key.pem")
    #expect(try await refusal { $0.caFile = key }.contains("ssl-ca, \(key), holds no certificate"))
    #expect(try await refusal { $0.certificateFile = key }.contains("ssl-cert, \(key), holds no certificate"))
    let text = try await refusal {
      $0.certificateFile = certificates.path("client.pem")
      $0.keyFile = certificates.path("server-key.pem")
    }
    #expect(text.contains("ssl-key") && text.contains("does not match the certificate"), "\(text)")
    let lonely = try await refusal { $0.certificateFile = certificates.path("client.pem") }
    #expect(lonely.contains("there is no ssl-key") && lonely.contains("holds no private key"), "\(lonely)")
    #expect(try await refusal { $0.keyFile = key }.contains("requires ssl-cert"))
  }

  @Test func aKeyWithAPassphraseIsRefused() async throws {
    let text = try await refusal {
      $0.certificateFile = certificates.path("client.pem")
      $0.keyFile = certificates.path("encrypted-key.pem")
    }
    #expect(text.contains("is encrypted") && text.contains("openssl pkey"), "\(text)")
  }

  private func refusal(_ change: (inout MySQLTLS) -> Void) async throws -> String {
    let settings = try server.settings {
      $0.tls.mode = .verifyCA
      change(&$0.tls)
    }
    let error = await failure { try await MySQLConnection.connect(settings) }
    #expect(error?.kind == .configuration)
    #expect(server.connections.isEmpty)
    return error?.description ?? ""
  }
}
