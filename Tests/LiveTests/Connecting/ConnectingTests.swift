import MySQL
import Testing

extension Live {
  @Suite(.live) struct ConnectingTests {
    @Test(arguments: LiveServer.all) func tellsWhichServerAnswers(server: LiveServer) async throws {
      try await server.withConnection { connection in
        try await connection.expect("SELECT VERSION()", connection.server.version)
        try await connection.expect("SELECT CONNECTION_ID()", connection.server.connectionID)
        #expect(connection.server.isMariaDB == connection.server.version.contains("MariaDB"))
        #expect(!connection.isClosed)
        #expect(!connection.isInTransaction)
      }
    }

    @Test(arguments: LiveServer.all) func connectsByURL(server: LiveServer) async throws {
      let connection = try await MySQLConnection.connect(url: server.url)
      try await connection.ping()
      await connection.close()
      #expect(connection.isClosed)
    }

    @Test(arguments: LiveServer.all) func connectsByName(server: LiveServer) async throws {
      try await server.withConnection {
        if case .tcp(_, let port) = $0.endpoint { $0.endpoint = .tcp(host: "localhost", port: port) }
      } _: {
        #expect($0.server.endpoint.hasPrefix("localhost:"))
        try await $0.ping()
      }
    }

    /// The first of several servers is dead, and so are its packets.
    @Test(.tags(.waiting), arguments: LiveServer.all)
    func connectsToTheFirstOfSeveralServersThatIsThere(server: LiveServer) async throws {
      let hole = try BlackHole()
      defer { hole.close() }
      let own = try server.configuration().endpoint
      let others = try LiveServer.all.map { try $0.configuration().endpoint }.filter { $0 != own }
      let settings = try server.configuration {
        $0.endpoints = [.tcp(host: "127.0.0.1", port: hole.port), own] + others
      }
      #expect(try MySQLConfiguration(url: settings.url).endpoints == settings.endpoints)
      let start = ContinuousClock.now
      try await MySQLConnection.with(settings) { connection in
        #expect(start.duration(to: .now) < .seconds(5))
        try await connection.expect("SELECT VERSION()", connection.server.version)
        try await connection.expect("SELECT CONNECTION_ID()", connection.server.connectionID)
        // The statement is ended at the same server.
        let task = Task { _ = try await connection.query("SELECT SLEEP(60)").collect() }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let error = await #expect(throws: MySQLError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        try await connection.ping()
      }
    }

    @Test(
      .live(if: LiveServer.all.contains { $0.socket != nil }, "MYSQL_TEST_SOCKETS is not set"),
      arguments: LiveServer.all.filter { $0.socket != nil })
    func connectsByUnixSocket(server: LiveServer) async throws {
      let path = try #require(server.socket)
      try await server.withConnection {
        $0.endpoint = .unixSocket(path: path)
      } _: {
        #expect($0.server.endpoint == path)
        try await $0.expect("SELECT SUBSTRING_INDEX(USER(), '@', -1)", "localhost")
      }
      let connection = try await MySQLConnection.connect(url: "mysql://root@/?socket=\(path)")
      try await connection.ping()
      await connection.close()
    }

    @Test(arguments: LiveServer.all) func logsInWithAPasswordIntoADatabase(server: LiveServer) async throws {
      try await server.withSchema { admin, schema in
        try await server.withAccount(password: "Tr0ub4dor & 3 ünïcödé") { account in
          try await admin.execute("GRANT ALL ON \(identifier: schema).* TO \(identifier: account)@'%'")
          // MySQL checks the first login with its RSA key, and later ones with what it remembers from the first.
          for _ in 1...2 {
            try await server.withConnection {
              $0.user = account
              $0.password = "Tr0ub4dor & 3 ünïcödé"
              $0.database = schema
            } _: {
              try await $0.expect("SELECT DATABASE()", schema)
              try await $0.expect("SELECT CURRENT_USER()", account + "@%")
            }
          }
        }
      }
    }

    @Test(arguments: LiveServer.all) func aCommandAfterClosingSaysSo(server: LiveServer) async throws {
      let connection = try await server.connect()
      await connection.close()
      await connection.close()
      let error = await #expect(throws: MySQLError.self) { try await connection.ping() }
      #expect(error?.kind == .connectionClosed)
      #expect(error?.reach == .notSent)
      #expect(error?.isRetryable == true)
    }

    @Test(.tags(.measured), arguments: LiveServer.all)
    func closingDoesNotCountAsAborted(server: LiveServer) async throws {
      let before = try await server.abortedClients()
      for _ in 1...20 {
        try await server.withConnection { try await $0.ping() }
        // Closing sends a goodbye even if rows were dropped just before.
        try await server.withConnection { _ = try await $0.query("SELECT 1 UNION SELECT 2") }
        // Closing does so too if something is still open at the server.
        try await server.withConnection { connection in
          try await connection.execute("START TRANSACTION")
          _ = try await connection.query("SELECT \(1) UNION SELECT 2", fetchSize: 1)
        }
        try await server.withConnection {
          $0.tls.mode = .required
        } _: { connection in
          await #expect(throws: MySQLError.self) { try await connection.execute("NO STATEMENT") }
          try await connection.reset()
        }
        if let socket = server.socket {
          try await server.withConnection {
            $0.endpoint = .unixSocket(path: socket)
          } _: {
            try await $0.ping()
          }
        }
      }
      try await Task.sleep(for: .milliseconds(100))
      #expect(try await server.abortedClients() == before)
    }
  }
}
