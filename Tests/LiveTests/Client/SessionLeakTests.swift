import MySQL
import Testing

extension Live {
  /// What one holder of a connection leaves in its session never reaches the next one.
  @Suite(.live) struct SessionLeakTests {
    /// Something left in a session (`dirt`), and a query that shows it (`question`): its result is the same in
    /// every clean session.
    enum State: String, CaseIterable, Sendable, Codable {
      case variable, mode, timeZone, isolation, nextIsolation, autocommit, database, temporaryTable,
        userVariable
      case namedLock, lockedTable, openTransaction, preparedStatement, characterSet

      var dirt: String {
        switch self {
        case .variable: "SET SESSION sort_buffer_size = 65536"
        case .mode: "SET SESSION sql_mode = 'ANSI'"
        case .timeZone: "SET time_zone = '+05:00'"
        case .isolation: "SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED"
        case .nextIsolation: "SET TRANSACTION READ ONLY"
        case .autocommit: "SET autocommit = 0"
        case .database: "USE information_schema"
        case .temporaryTable: "CREATE TEMPORARY TABLE numbers (other INT)"
        case .userVariable: "SET @left = 7"
        case .namedLock: "SELECT GET_LOCK('swift-mysql-leak', 0)"
        case .lockedTable: "LOCK TABLES numbers WRITE"
        case .openTransaction: "BEGIN"
        case .preparedStatement: "PREPARE left_over FROM 'SELECT 1'"
        case .characterSet: "SET NAMES latin1"
        }
      }

      var question: String {
        switch self {
        case .variable: "SELECT @@sort_buffer_size"
        case .mode: "SELECT @@sql_mode"
        case .timeZone: "SELECT @@time_zone"
        case .isolation: "SHOW VARIABLES WHERE variable_name IN ('transaction_isolation', 'tx_isolation')"
        case .nextIsolation: "INSERT INTO numbers VALUES (99) ON DUPLICATE KEY UPDATE n = 99"
        case .autocommit: "SELECT @@autocommit"
        case .database: "SELECT DATABASE()"
        case .temporaryTable: "SELECT n FROM numbers WHERE n = 1"
        case .userVariable: "SELECT @left"
        case .namedLock: "SELECT IS_FREE_LOCK('swift-mysql-leak')"
        case .lockedTable: "SELECT COUNT(*) FROM other"
        // An update comes with the dirt.
        case .openTransaction: "SELECT COUNT(*) FROM numbers WHERE n = 4"
        case .preparedStatement: "EXECUTE left_over"
        case .characterSet: "SELECT @@character_set_results"
        }
      }
    }

    /// What can be left in a session together, in this order. A temporary table would hide the one that is locked, and a
    /// transaction that may only read would refuse the update. After the last one, the client sends nothing more.
    private static let cycles: [[State]] = [
      [
        .variable, .mode, .timeZone, .isolation, .userVariable, .namedLock, .preparedStatement, .autocommit,
        .lockedTable, .openTransaction, .database, .characterSet,
      ],
      [
        .variable, .mode, .timeZone, .isolation, .userVariable, .namedLock, .preparedStatement,
        .temporaryTable, .autocommit, .nextIsolation, .database, .characterSet,
      ],
    ]

    /// 1,000 cycles, or 200 where the pass adds only TLS. All questions are asked in one lease, since each lease that leaves something ends with a reset.
    @Test(arguments: LiveServer.all)
    func nothingInASessionReachesItsNextUser(server: LiveServer) async throws {
      let rounds = TestServers.amount([.thread, .tls].contains(Pass.current) ? 200 : 1000, aByteAtATime: 4)
      try await Self.withTables(server) { client in
        let clean = try await client.withConnection { await Self.answers($0) }
        for round in 0..<rounds {
          let states = Self.cycles[round % Self.cycles.count]
          try await client.withConnection { connection in
            for state in states { try await Self.leave(state, in: connection, among: states) }
          }
          let answers = try await client.withConnection { await Self.answers($0) }
          for state in State.allCases {
            #expect(answers[state] == clean[state], "\(state.rawValue), round \(round)")
          }
        }
        #expect(client.status.open == 1)
      }
    }

    /// Each thing alone, 20 times, so that nothing else causes the reset.
    @Test(arguments: LiveServer.all)
    func nothingThatIsLeftAloneInASessionReachesItsNextUser(server: LiveServer) async throws {
      let rounds = TestServers.amount(20, aByteAtATime: 1)
      try await Self.withTables(server) { client in
        for state in State.allCases {
          let clean = await Self.answer(state, client)
          for round in 0..<rounds {
            try await client.withConnection { try await Self.leave(state, in: $0, among: [state]) }
            let answer = await Self.answer(state, client)
            #expect(answer == clean, "\(state.rawValue), round \(round)")
          }
        }
        #expect(client.status.open == 1)
      }
    }

    /// Creates the tables, and calls a closure with a client of one connection. Nothing that it left in a transaction
    /// is in the tables afterwards.
    private static func withTables(
      _ server: LiveServer, _ body: nonisolated(nonsending) (MySQLClient) async throws -> Void
    ) async throws {
      try await server.withSchema { connection, schema in
        try await connection.makeNumbers(3)
        try await connection.execute("CREATE TABLE other (n INT)")
        try await server.withClient {
          $0.database = schema
          $0.maxConnections = 1
        } _: {
          try await body($0)
        }
        try await connection.expect("SELECT COUNT(*) FROM numbers WHERE n = 4", 0)
      }
    }

    private static func leave(
      _ state: State, in connection: MySQLConnection, among states: [State]
    ) async throws {
      // BEGIN would unlock the tables. Without autocommit, the update begins a transaction too.
      if state != .openTransaction || !states.contains(.lockedTable) {
        try await connection.execute(MySQLQuery(unsafe: state.dirt))
      }
      if state == .openTransaction {
        try await connection.execute("UPDATE numbers SET n = 4 WHERE n = 3")
        #expect(connection.isInTransaction)
      }
    }

    /// Asks all questions. A transaction that may only read would be over after the first one.
    private static func answers(_ connection: MySQLConnection) async -> [State: String] {
      var answers = [State.nextIsolation: await answer(.nextIsolation, connection)]
      for state in State.allCases where state != .nextIsolation {
        answers[state] = await answer(state, connection)
      }
      return answers
    }

    private static func answer(_ state: State, _ db: some MySQLQueryable) async -> String {
      do {
        let rows = try await db.query(MySQLQuery(unsafe: state.question)).collect()
        return rows.map { row in
          (0..<row.count).map { String(decoding: row[$0].bytes, as: UTF8.self) }.joined(separator: ",")
        }.joined(separator: ";")
      } catch {
        // A query that only one kind of server supports fails with the same error each time.
        return "\(error.server?.code.rawValue ?? 0)"
      }
    }

    /// A session in which certainly nothing was left keeps its prepared statements, so that a client is as fast
    /// as a connection.
    @Test(arguments: LiveServer.all) func statementsThatLeaveNothingKeepWhatIsPrepared(
      server: LiveServer
    ) async throws {
      try await server.withSchema { connection, schema in
        try await connection.makeNumbers(3)
        try await server.withClient {
          $0.database = schema
          $0.maxConnections = 1
        } _: { client in
          let before = try await connection.globalStatus("Com_stmt_prepare")
          for n in 1...50 { _ = try await client.query("SELECT n FROM numbers WHERE n = \(n)").collect() }
          let after = try await connection.globalStatus("Com_stmt_prepare")
          #expect(after - before == 1)
        }
      }
    }
  }
}
