import MySQL
import MySQLTesting
import Testing

extension Live {
  /// The errors that a user sees where no database server listens. These tests need no server.
  @Suite(.timed) struct StrangerTests {
    @Test func reportsServersOfOtherProtocols() async throws {
      for word in [
        "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "220 mail.example.com ESMTP\r\n",
      ] {
        let error = try await refusal { try $0.send(Array(word.utf8)) }
        #expect(error.kind == .notMySQL)
        #expect(error.description.contains("not a MySQL or MariaDB server: check the port"))
      }
    }

    @Test func reportsASilentServer() async throws {
      let error = try await refusal { try $0.stall() }
      #expect(error.kind == .timeout)
      #expect(error.description.contains("connections are accepted, but the server did not reply"))
    }

    @Test func reportsAServerThatStopsDuringTheLogin() async throws {
      let error = try await refusal {
        try $0.sendGreeting()
        try $0.stall()
      }
      #expect(error.kind == .timeout)
      #expect(error.description.contains("login"))
    }

    @Test func reportsAServerThatClosesAtOnce() async throws {
      let error = try await refusal { $0.close() }
      #expect(error.kind == .connectionLost)
      #expect(error.description.contains("without a word"))
      #expect(error.isRetryable)
    }

    /// A listener that never accepts, and whose queue is full, drops packets as a firewall does.
    @Test func reportsDroppedPackets() async throws {
      let hole = try BlackHole()
      defer { hole.close() }
      let error = try await refused(
        configuration(.tcp(host: "127.0.0.1", port: hole.port)), within: .seconds(1))
      #expect(error.kind == .timeout)
      #expect(error.description.contains("does not answer"))
      #expect(error.description.contains("firewall"))
    }

    #if os(Linux)
      @Test(.enabled("it takes root and iproute2 to make a network") { await SilentNetwork.isPossible() })
      func reportsANetworkThatDropsPackets() async throws {
        try await SilentNetwork.with { address in
          let start = ContinuousClock.now
          let error = try await refused(configuration(.tcp(host: address, port: 3306)), within: .seconds(1))
          #expect(start.duration(to: .now) >= .milliseconds(300))
          #expect(error.kind == .timeout)
          #expect(error.description.contains("\(address) does not answer"))
          #expect(error.description.contains("firewall"))
        }
      }
    #endif

    private func refusal(
      _ script: @escaping @Sendable (ScriptedConnection) throws -> Void
    ) async throws -> MySQLError {
      let server = try ScriptedServer(script)
      defer { server.stop() }
      return try await refused(
        configuration(.tcp(host: "127.0.0.1", port: UInt16(server.port))), within: .seconds(1))
    }

    private func configuration(_ endpoint: MySQLConfiguration.Endpoint) -> MySQLConfiguration {
      var configuration = MySQLConfiguration(endpoint, user: "test")
      configuration.connectTimeout = .milliseconds(300)
      configuration.tls.mode = .disabled
      return configuration
    }
  }
}
