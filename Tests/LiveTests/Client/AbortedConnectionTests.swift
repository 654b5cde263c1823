import MySQL
import Testing

extension Live {
  /// What the server counts in Aborted_clients and Aborted_connects.
  @Suite(.live) struct AbortedConnectionTests {
    /// A way to the server: what the pass says, TLS, or the server's unix socket.
    enum Way: String, CaseIterable, Sendable {
      case tcp, tls, unixSocket

      func change(_ settings: inout MySQLConfiguration, _ server: LiveServer) {
        switch self {
        case .tcp: break
        case .tls: settings.tls.mode = .required
        case .unixSocket: if let socket = server.socket { settings.endpoint = .unixSocket(path: socket) }
        }
      }
    }

    /// A program in which every statement is read, dropped, cancelled or refused, and everything is closed.
    @Test(.tags(.measured), arguments: LiveServer.all, Way.allCases)
    func nothingInACleanProgramCountsAsAborted(server: LiveServer, way: Way) async throws {
      if way == .unixSocket, server.socket == nil { return }
      let before = try await server.abortedClients()
      try await server.withSchema { admin, schema in
        let count = TestServers.amount(1000, aByteAtATime: 20)
        try await admin.makeNumbers(count)
        try await admin.execute("CREATE TABLE parts (id INT, part INT)")
        try await admin.execute(
          "CREATE PROCEDURE compute(IN a INT, OUT b INT) BEGIN SELECT a; SET b = a + 1; END")
        let change = { (settings: inout MySQLConfiguration) in
          settings.database = schema
          settings.allowsLocalInfile = true
          way.change(&settings, server)
        }
        try await server.withClient {
          change(&$0)
          $0.maxConnections = 5
          $0.acquireTimeout = .seconds(60)
        } _: { client in
          try await withThrowingTaskGroup { group in
            for number in 1...20 {
              group.addTask { try await Self.use(client, number, of: count, server) }
            }
            try await group.waitForAll()
          }
        }
        try await server.withConnection(change) { connection in
          try await Self.runStatements(1, of: count, on: connection)
          try await Self.runSession(1, on: connection, server)
          try await connection.reset()
          // Too much of it is left to read: the server is told to end the statement.
          if !TestServers.areSlow {
            _ = try await connection.query("SELECT REPEAT('x', 10000) FROM numbers a, numbers b")
          }
          try await connection.expect("SELECT 1", 1)
        }
        try await server.withConnection {
          change(&$0)
          // Commands follow each other only where no file can be asked for.
          $0.allowsLocalInfile = false
          $0.pipelining = true
        } _: {
          try await $0.executeBatch("INSERT INTO parts VALUES (?, ?)", (0..<20).map { (0, $0) })
        }
      }
      let after = try await server.abortedClients()
      #expect(after == before)
    }

    private struct Undo: Error {}

    /// What each task does with the pool.
    private static func use(
      _ client: MySQLClient, _ number: Int, of count: Int, _ server: LiveServer
    ) async throws {
      try await runStatements(number, of: count, on: client)
      try await client.withTransaction { try await $0.execute("INSERT INTO parts VALUES (\(number), 100)") }
      await #expect(throws: Undo.self) {
        try await client.withTransaction { transaction in
          try await transaction.execute("INSERT INTO parts VALUES (\(number), 200)")
          throw Undo()
        }
      }
      try await client.withConnection { try await runSession(number, on: $0, server) }
    }

    /// Statements that a client and a connection run alike. The table of numbers has `count` rows.
    private static func runStatements(
      _ number: Int, of count: Int, on db: some MySQLQueryable
    ) async throws {
      try await db.expect("SELECT \(unsafe: "\(number)")", number)
      try await db.expect("SELECT n FROM numbers WHERE n = \(number)", number)
      try await db.withStatement("SELECT n FROM numbers WHERE n = ?") { statement in
        for value in 1...3 {
          let rows = try await statement.query(value).collect()
          #expect(try rows.first?.decode(at: 0, as: Int.self) == value)
        }
      }
      _ = try await db.query("SELECT n, REPEAT('x', 100) FROM numbers")
      try await readOne(db.query("SELECT n, REPEAT('x', 100) FROM numbers"))
      let fetched = try await db.query("SELECT n FROM numbers", fetchSize: 7).collect()
      #expect(fetched.count == count)
      try await readOne(db.query("SELECT n FROM numbers", fetchSize: 2))
      let batch = try await db.executeBatch("INSERT INTO parts VALUES (?, ?)", (0..<20).map { (number, $0) })
      #expect(batch.executedRows == 20)
      for query in [
        "SELECT * FROM no_such_table", "SELECT * FROM no_such_table WHERE n = \(number)",
      ] as [MySQLQuery] {
        let error = await #expect(throws: MySQLError.self) { try await db.execute(query) }
        #expect(error?.server?.code == .noSuchTable)
      }
      let lines = (1...3).map { "\(number)\t\($0)\n" }.joined()
      let loaded = try await db.execute(
        "LOAD DATA LOCAL INFILE 'any name' INTO TABLE parts",
        options: .localInfile(.bytes(Array(lines.utf8))))
      #expect(loaded.affectedRows == 3)
      let call = try await db.call("CALL compute(\(number), \(MySQLValue.null))")
      #expect(call.results.count == 1)
      #expect(try call.output?.decode(Int.self) == number + 1)
    }

    /// Reads one row, and drops the others.
    private static func readOne(_ rows: MySQLRows) async throws {
      for try await _ in rows { break }
    }

    /// Transactions, and statements that the server is told to end.
    private static func runSession(
      _ number: Int, on connection: MySQLConnection, _ server: LiveServer
    ) async throws {
      try await connection.execute("SET @mine = \(number)")
      try await connection.withTransaction {
        try await $0.execute("INSERT INTO parts VALUES (\(number), 300)")
      }
      await #expect(throws: Undo.self) {
        try await connection.withTransaction { transaction in
          try await transaction.execute("INSERT INTO parts VALUES (\(number), 400)")
          throw Undo()
        }
      }
      // Nothing is killed through a proxy, because the server does not see this program's port.
      guard !TestServers.areSlow else { return }
      let task = Task { try await connection.execute("DO SLEEP(20)") }
      try await server.waitForStatement(of: connection)
      task.cancel()
      let cancelled = await #expect(throws: MySQLError.self) { try await task.value }
      #expect(cancelled?.kind == .cancelled)
      let late = await #expect(throws: MySQLError.self) {
        try await connection.execute("DO SLEEP(20)", timeout: .milliseconds(100))
      }
      #expect(late?.kind == .timeout)
      try await connection.expect("SELECT 1", 1)
    }
  }
}
