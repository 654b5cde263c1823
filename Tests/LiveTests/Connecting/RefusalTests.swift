import MySQL
import MySQLTesting
import Testing

extension Live {
  /// The errors that a user sees when connecting fails: each has its own wording, and comes in time.
  @Suite(.live) struct RefusalTests {
    @Test(arguments: LiveServer.all) func reportsAWrongPassword(server: LiveServer) async throws {
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

    @Test(arguments: LiveServer.all) func reportsAMissingDatabase(server: LiveServer) async throws {
      let error = try await refusal(by: server) { $0.database = "live_no_such_schema" }
      #expect(error.kind == .server)
      #expect(error.server?.code == .unknownDatabase)
      #expect(error.description.contains("CREATE DATABASE"))
    }

    @Test(arguments: LiveServer.all) func reportsADatabaseWithoutRights(server: LiveServer) async throws {
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

    @Test(arguments: LiveServer.all) func reportsTheLimitOfAnAccount(server: LiveServer) async throws {
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

    @Test(arguments: LiveServer.all) func reportsALockedAccount(server: LiveServer) async throws {
      try await server.withAccount(password: "x", options: "ACCOUNT LOCK") { account in
        let error = try await refusal(by: server) {
          $0.user = account
          $0.password = "x"
        }
        #expect(error.kind == .authentication)
        #expect([.accountLocked, .mariaDBAccountLocked].contains(error.server?.code))
        #expect(error.description.contains("UNLOCK"))
      }
    }

    /// The account can log in, but only to set a new password.
    @Test(arguments: LiveServer.all) func reportsAnExpiredPassword(server: LiveServer) async throws {
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
    func reportsAClosedPort(server: LiveServer) async throws {
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
    @Test(arguments: LiveServer.all) func reportsAnUnknownHost(server: LiveServer) async throws {
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
