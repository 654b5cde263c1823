import MySQL
import Testing

extension Live {
  @Suite(.live, .tags(.text), .byBothProtocols) struct SettingTests {
    @Test(arguments: LiveServer.all) func initCommandsRunInOrder(server: LiveServer) async throws {
      try await server.withConnection {
        $0.initCommands = ["SET @a = 1", "SET @a = @a + 41", "SELECT 'rows do not matter'"]
      } _: { connection in
        try await connection.expect("SELECT @a", 42)
      }
    }

    @Test(arguments: LiveServer.all) func anInitCommandThatFailsFailsConnecting(
      server: LiveServer
    ) async throws {
      let error = await #expect(throws: MySQLError.self) {
        try await server.connect { $0.initCommands = ["SET @a = 1", "SELEC"] }
      }
      #expect(error?.kind == .server)
      #expect(error?.server?.code == .syntaxError)
      #expect(error?.statement == "SELEC")
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func initCommandsAreWithinTheConnectTimeout(server: LiveServer) async throws {
      let start = ContinuousClock.now
      let error = await #expect(throws: MySQLError.self) {
        try await server.connect {
          $0.connectTimeout = .milliseconds(300)
          $0.queryTimeout = .seconds(20)
          $0.initCommands = ["SET @a = 1", "SELECT SLEEP(1.5)"]
        }
      }
      #expect(error?.kind == .timeout)
      #expect(start.duration(to: .now) < .seconds(1))
      // Waits until the server has finished the statement, and has counted the aborted connection.
      try await Task.sleep(for: .seconds(2))
    }

    @Test(arguments: LiveServer.all) func theCollationIsTheOneAskedFor(server: LiveServer) async throws {
      try await server.withConnection {
        $0.collation = "utf8mb4_bin"
      } _: { connection in
        try await connection.expect("SELECT @@collation_connection", "utf8mb4_bin")
        try await connection.expect("SELECT 'a' = 'A'", 0)
        try await connection.reset()
        try await connection.expect("SELECT @@collation_connection", "utf8mb4_bin")
      }
      let error = await #expect(throws: MySQLError.self) {
        try await server.connect { $0.collation = "utf8mb4_no_such" }
      }
      #expect(error?.server?.code.rawValue == 1273)
    }

    @Test(arguments: LiveServer.all) func textIsUTF8OfFourBytes(server: LiveServer) async throws {
      try await server.withConnection { connection in
        try await connection.expect("SELECT '🐬 ünïcödé 漢字'", "🐬 ünïcödé 漢字")
        try await connection.expect("SELECT HEX('🐬')", "F09F90AC")
        try await connection.expect("SELECT @@character_set_client", "utf8mb4")
        try await connection.expect("SELECT @@character_set_results", "utf8mb4")
      }
    }

    @Test(arguments: LiveServer.all)
    func theAdministratorSeesTheProgram(server: LiveServer) async throws {
      try await server.withConnection {
        $0.programName = "ledger"
        $0.attributes = ["team": "accounts"]
      } _: { connection in
        let rows = try await connection.query(
          """
          SELECT attr_name, attr_value FROM performance_schema.session_connect_attrs
          WHERE processlist_id = CONNECTION_ID()
          """
        ).collect()
        // MariaDB's performance schema is off unless configured.
        guard try await connection.value("SELECT @@performance_schema") == 1 else { return }
        let pairs = try rows.map { try $0.decode((String, String?).self) }
        let attributes = Dictionary(uniqueKeysWithValues: pairs)
        #expect(attributes["program_name"] == "ledger")
        #expect(attributes["team"] == "accounts")
        #expect(attributes["_client_name"] == "swift-mysql")
      }
    }

    @Test(arguments: LiveServer.all) func foundRowsCountsWhatIsFound(server: LiveServer) async throws {
      try await server.withSchema { connection, schema in
        try await connection.makeNumbers(10)
        let update = "UPDATE numbers SET n = n WHERE n <= 7" as MySQLQuery
        let changed = try await connection.execute(update)
        #expect(changed.affectedRows == 0)
        try await server.withConnection {
          $0.database = schema
          $0.countsMatchedRows = true
        } _: {
          let found = try await $0.execute(update)
          #expect(found.affectedRows == 7)
        }
      }
    }

    @Test(arguments: LiveServer.all) func severalStatementsMustBeAllowed(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let error = await #expect(throws: MySQLError.self) { try await connection.execute("DO 1; DO 2") }
        #expect(error?.server?.code == .syntaxError)
        try await connection.ping()
      }
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aStatementLongerThanTheQueryTimeoutFails(server: LiveServer) async throws {
      let connection = try await server.connect { $0.queryTimeout = .seconds(1) }
      try await connection.expect("SELECT 1", 1)
      // The time between commands does not count.
      try await Task.sleep(for: .milliseconds(1200))
      try await connection.expect("SELECT 1", 1)
      let start = ContinuousClock.now
      let error = await #expect(throws: MySQLError.self) { try await connection.execute("SELECT SLEEP(9)") }
      #expect(error?.kind == .timeout)
      #expect(error?.reach == .unknown)
      #expect(error?.isRetryable == false)
      #expect(start.duration(to: .now) < .seconds(3))
      try await connection.expect("SELECT 1", 1)
      try await server.end(connection)
    }
  }
}
