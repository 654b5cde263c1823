import MySQL
import Testing

extension Live {
  @Suite(.live, .tags(.text), .byBothProtocols) struct SessionCommandTests {
    @Test(arguments: LiveServer.all) func pingAnswers(server: LiveServer) async throws {
      try await server.withConnection { connection in
        for _ in 1...10 { try await connection.ping() }
      }
    }

    @Test(arguments: LiveServer.all) func anotherDatabaseIsUsed(server: LiveServer) async throws {
      try await server.withSchema { connection, schema in
        try await connection.useDatabase("mysql")
        try await connection.expect("SELECT DATABASE()", "mysql")
        try await connection.useDatabase(schema)
        try await connection.expect("SELECT DATABASE()", schema)
        let error = await #expect(throws: MySQLError.self) {
          try await connection.useDatabase("live_no_such_schema")
        }
        #expect(error?.server?.code == .unknownDatabase)
        try await connection.expect("SELECT DATABASE()", schema)
      }
    }

    @Test(arguments: LiveServer.all) func aResetSessionIsAsNew(server: LiveServer) async throws {
      try await server.withSchema({ $0.initCommands = ["SET @init = 5"] }) { connection, _ in
        try await connection.execute("CREATE TABLE kept (id INT) ENGINE = InnoDB")
        try await connection.execute("CREATE TEMPORARY TABLE gone (id INT)")
        try await connection.execute("SET @mine = 1, @init = 6, sql_mode = ''")
        let mode: String = try await server.withConnection { try await $0.value("SELECT @@sql_mode") }
        try await connection.execute("START TRANSACTION")
        try await connection.execute("INSERT INTO kept VALUES (1)")
        let id = try await connection.value("SELECT CONNECTION_ID()", as: Int.self)
        try await connection.reset()
        #expect(!connection.isInTransaction)
        try await connection.expect("SELECT CONNECTION_ID()", id)
        try await connection.expect("SELECT COUNT(*) FROM kept", 0)
        try await connection.expect("SELECT @mine", Int?.none)
        try await connection.expect("SELECT @init", 5)
        try await connection.expect("SELECT @@sql_mode", mode)
        let error = await #expect(throws: MySQLError.self) {
          try await connection.execute("SELECT * FROM gone")
        }
        #expect(error?.server?.code == .noSuchTable)
      }
    }

    @Test(arguments: LiveServer.all) func anotherUserLogsInOnTheConnection(server: LiveServer) async throws {
      try await server.withAccount(password: "geheim") { account in
        try await server.withConnection {
          $0.initCommands = ["SET @init = 5"]
        } _: { connection in
          try await connection.execute("SET @mine = 1")
          let id = connection.server.connectionID
          try await connection.changeUser(account, password: "geheim")
          try await connection.expect("SELECT CURRENT_USER()", account + "@%")
          try await connection.expect("SELECT CONNECTION_ID()", id)
          try await connection.expect("SELECT @mine", Int?.none)
          try await connection.expect("SELECT @init", 5)
          try await connection.changeUser("root", database: "mysql")
          try await connection.expect("SELECT DATABASE()", "mysql")
        }
      }
    }

    /// MySQL then closes the connection. MariaDB would continue as the former user, in a session without the
    /// setup that the settings ask for.
    @Test(arguments: LiveServer.all)
    func reportsARefusedChangeOfUserLikeALogin(server: LiveServer) async throws {
      try await server.withAccount(password: "geheim") { account in
        let connection = try await server.connect { $0.initCommands = ["SET time_zone = '+05:00'"] }
        let error = await #expect(throws: MySQLError.self) {
          try await connection.changeUser(account, password: "falsch")
        }
        #expect(error?.kind == .authentication)
        #expect(error?.server?.code == .accessDenied)
        let next = await #expect(throws: MySQLError.self) { try await connection.ping() }
        #expect(next?.kind == .connectionClosed)
        #expect(connection.isClosed)
        await connection.close()
        try await server.end(connection)
      }
    }

    @Test(arguments: LiveServer.all)
    func aConnectionKilledWhileIdleSaysWhy(server: LiveServer) async throws {
      let connection = try await server.connect()
      try await server.withConnection {
        try await $0.execute("KILL \(unsafe: "\(connection.server.connectionID)")")
      }
      try await Task.sleep(for: .milliseconds(200))
      let error = await #expect(throws: MySQLError.self) { try await connection.ping() }
      #expect(error?.kind == .connectionClosed || error?.kind == .connectionLost)
      #expect(error?.reach == .notSent)
      #expect(error?.isRetryable == true)
      #expect(connection.isClosed)
      try await server.end(connection)
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func aConnectionThatWasIdleTooLongSaysSo(server: LiveServer) async throws {
      let connection = try await server.connect { $0.initCommands = ["SET SESSION wait_timeout = 1"] }
      try await Task.sleep(for: .milliseconds(1600))
      let error = await #expect(throws: MySQLError.self) { try await connection.ping() }
      #expect(error?.kind == .connectionClosed || error?.kind == .connectionLost)
      #expect(error?.reach == .notSent)
      // MySQL says why, MariaDB only closes.
      if !connection.server.isMariaDB { #expect(error?.server?.code == .idleTimeout) }
    }

    @Test(arguments: LiveServer.all)
    func aConnectionKilledAtWorkIsLost(server: LiveServer) async throws {
      let connection = try await server.connect()
      let answer = Task { try await connection.execute("SELECT SLEEP(10)") }
      try await server.waitForStatement(of: connection)
      try await server.withConnection {
        try await $0.execute("KILL \(unsafe: "\(connection.server.connectionID)")")
      }
      let error = await #expect(throws: MySQLError.self) { try await answer.value }
      #expect(error?.reach != .notSent)
      #expect(error?.isRetryable == false)
      let next = await #expect(throws: MySQLError.self) { try await connection.ping() }
      #expect(next?.isRetryable == true)
      try await server.end(connection)
    }

    @Test(arguments: LiveServer.all) func aKilledQueryLeavesTheConnection(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(1000)
        let answer = Task { try await connection.execute("SELECT SLEEP(0.05), n FROM numbers ORDER BY n") }
        try await server.waitForStatement(of: connection)
        try await server.withConnection {
          try await $0.execute("KILL QUERY \(unsafe: "\(connection.server.connectionID)")")
        }
        let error = await #expect(throws: MySQLError.self) { try await answer.value }
        #expect(error?.server?.code == .queryInterrupted)
        try await connection.ping()
      }
    }
  }
}
