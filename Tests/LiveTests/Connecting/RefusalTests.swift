import Foundation
import MySQL
import MySQLTesting
import Testing

extension Live {
  /// The errors that a user sees when connecting fails: each has its own wording, and comes in time.
  @Suite(.live) struct RefusalTests {
    @Test(arguments: LiveServer.all) func aWrongPasswordIsTold(server: LiveServer) async throws {
      try await server.withAccount(password: "richtig") { account in
        let error = try await refusal(by: server) {
          $0.user = account
          $0.password = "falsch"
        }
        #expect(error.kind == .authentication)
        #expect(error.server?.code == .accessDenied)
        #expect(error.description.contains("check user and password"))
        #expect(!error.description.contains("falsch"))
      }
    }

    @Test(arguments: LiveServer.all) func aPasswordThatCannotBeSentSafelyIsNotSent(
      server: LiveServer
    ) async throws {
      try await server.withAccount(password: "richtig") { account in
        let connection = try await server.connect()
        let isMariaDB = connection.server.isMariaDB
        await connection.close()
        // MariaDB's methods never send the password.
        guard !isMariaDB else { return }
        let error = try await refusal(by: server) {
          $0.user = account
          $0.password = "richtig"
          $0.publicKey = .none
          $0.tls.mode = .disabled
        }
        #expect(error.kind == .authentication)
        #expect(error.description.contains("get-server-public-key=true"))
      }
    }

    @Test(arguments: LiveServer.all) func aMissingDatabaseIsTold(server: LiveServer) async throws {
      let error = try await refusal(by: server) { $0.database = "live_no_such_schema" }
      #expect(error.kind == .server)
      #expect(error.server?.code == .unknownDatabase)
      #expect(error.description.contains("CREATE DATABASE"))
    }

    @Test(arguments: LiveServer.all) func aDatabaseWithoutRightsIsTold(server: LiveServer) async throws {
      try await server.withAccount(password: "richtig") { account in
        let error = try await refusal(by: server) {
          $0.user = account
          $0.password = "richtig"
          $0.database = "mysql"
        }
        #expect(error.server?.code == .databaseAccessDenied)
        #expect(error.description.contains("GRANT"))
      }
    }

    @Test(arguments: LiveServer.all) func anAccountsLimitIsTold(server: LiveServer) async throws {
      try await server.withAccount(password: "x", options: "WITH MAX_USER_CONNECTIONS 1") { account in
        let first = try await server.connect {
          $0.user = account
          $0.password = "x"
        }
        let error = try await refusal(by: server) {
          $0.user = account
          $0.password = "x"
        }
        #expect(error.kind == .server)
        #expect(error.server?.code == .userLimitReached)
        #expect(error.description.contains("max_user_connections"))
        await first.close()
      }
    }

    @Test(arguments: LiveServer.all) func aLockedAccountIsTold(server: LiveServer) async throws {
      try await server.withAccount(password: "x", options: "ACCOUNT LOCK") { account in
        let error = try await refusal(by: server) {
          $0.user = account
          $0.password = "x"
        }
        #expect(error.kind == .authentication)
        #expect([.accountLocked, .accountIsLocked].contains(error.server?.code))
        #expect(error.description.contains("UNLOCK"))
      }
    }

    /// The account can log in, but only to set a new password.
    @Test(arguments: LiveServer.all) func anExpiredPasswordIsTold(server: LiveServer) async throws {
      try await server.withAccount(password: "x", options: "PASSWORD EXPIRE") { account in
        try await server.withConnection {
          $0.user = account
          $0.password = "x"
        } _: { connection in
          let error = await #expect(throws: MySQLError.self) { try await connection.execute("DO 1") }
          #expect(error?.kind == .server)
          #expect(error?.server?.code == .mustChangePassword)
          #expect(error?.description.contains("ALTER USER") == true)
          // Follows the advice in the error.
          let isMariaDB = connection.server.isMariaDB
          try await connection.execute(
            isMariaDB ? "SET PASSWORD = PASSWORD('y')" : "ALTER USER USER() IDENTIFIED BY 'y'")
          try await connection.execute("DO 1")
        }
      }
    }

    @Test(arguments: LiveServer.all)
    func aClosedPortIsTold(server: LiveServer) async throws {
      // A port that was free a moment ago.
      let listener = try ScriptedServer { _ in }
      let port = listener.port
      listener.stop()
      let error = try await refusal(by: server) { $0.endpoint = .tcp(host: "127.0.0.1", port: UInt16(port)) }
      #expect(error.kind == .connectionRefused)
      #expect(error.description.contains("127.0.0.1:\(port)"))
      #expect(error.description.contains("is the server running"))
      let socket = try await refusal(by: server) { $0.endpoint = .unixSocket(path: "/no/such/socket") }
      #expect(socket.kind == .connectionRefused)
      #expect(socket.description.contains("/no/such/socket"))
    }

    /// `.invalid` is reserved for names that never exist. A system without name servers may take a while.
    @Test(arguments: LiveServer.all) func anUnknownHostIsTold(server: LiveServer) async throws {
      let error = try await refusal(by: server) {
        $0.endpoint = .tcp(host: "no-such-host.invalid", port: 3306)
        $0.tls.mode = .disabled
      }
      #expect(error.kind == .unknownHost || error.kind == .timeout)
      #expect(error.description.contains("'no-such-host.invalid'"))
      #expect(error.description.contains("name servers"))
    }

    private func refusal(
      by server: LiveServer, _ change: (inout MySQLConfiguration) -> Void
    ) async throws -> MySQLError {
      try await refused(
        server.configuration {
          $0.connectTimeout = .seconds(5)
          change(&$0)
        }, within: .seconds(6))
    }
  }
}

extension Live {
  /// The same for peers that are not database servers. These tests need no server.
  @Suite(.timed) struct StrangerTests {
    @Test func anHTTPServerIsTold() async throws {
      for word in [
        "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "220 mail.example.com ESMTP\r\n",
      ] {
        let error = try await refusal { try $0.send(Array(word.utf8)) }
        #expect(error.kind == .notMySQL)
        #expect(error.description.contains("not a MySQL or MariaDB server: check the port"))
      }
    }

    @Test func aServerThatSaysNothingIsTold() async throws {
      let error = try await refusal { try $0.stall() }
      #expect(error.kind == .timeout)
      #expect(error.description.contains("something listens there that does not speak"))
    }

    @Test func aServerThatStopsAmidTheLoginIsTold() async throws {
      let error = try await refusal {
        try $0.sendGreeting()
        try $0.stall()
      }
      #expect(error.kind == .timeout)
      #expect(error.description.contains("login"))
    }

    @Test func aServerThatClosesAtOnceIsTold() async throws {
      let error = try await refusal { $0.close() }
      #expect(error.kind == .connectionLost)
      #expect(error.description.contains("without a word"))
      #expect(error.isRetryable)
    }

    /// A listener that never accepts, and whose queue is full, drops packets as a firewall does.
    @Test func droppedPacketsAreTold() async throws {
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
      func aNetworkThatDropsPacketsIsTold() async throws {
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

    private func configuration(_ endpoint: MySQLEndpoint) -> MySQLConfiguration {
      var configuration = MySQLConfiguration(endpoint, user: "test")
      configuration.connectTimeout = .milliseconds(300)
      configuration.tls.mode = .disabled
      return configuration
    }
  }
}

/// Connects, and returns the error, which must come in time.
private func refused(
  _ configuration: MySQLConfiguration, within limit: Duration
) async throws -> MySQLError {
  let start = ContinuousClock.now
  let error = await #expect(throws: MySQLError.self) { try await MySQLConnection.connect(configuration) }
  #expect(start.duration(to: .now) < limit)
  return try #require(error)
}
