import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct RetryTests {
  /// Returns a server that answers queries, and the execution after `done` rows, with an error. `BEGIN`
  /// begins a transaction.
  private static func serve(_ code: UInt16, afterRows done: Int = 0) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin()
      var status = ServerStatus.autocommit
      var rows = 0
      while true {
        switch try connection.readCommand() {
        case .query("BEGIN"):
          status.insert(.inTransaction)
          try connection.sendOK(status: status)
        case .prepare: try connection.sendPrepared(1, parameters: [.init("?", .bigint)])
        case .execute where rows != done:
          rows += 1
          try connection.sendOK(affectedRows: 1, status: status)
        case .query, .execute:
          rows += 1
          try connection.sendError(code, state: "40001", message: "Deadlock found when trying to get lock")
        case .closeStatement: break
        case .quit: return
        default: try connection.sendOK(status: status)
        }
      }
    }
  }

  @Test(
    arguments: [
      ("UPDATE t SET n = 1", MySQLError.Retry.statement, MySQLError.Retry.transaction),
      ("SELECT n FROM t FOR UPDATE", .statement, .transaction), ("CALL p()", .never, .never),
      ("ALTER TABLE t ADD m INT", .never, .never),
      ("INSERT INTO t VALUES (1); COMMIT; UPDATE t SET n = 1", .never, .never),
      // A cluster may detect the deadlock only at that point.
      ("COMMIT", .transaction, .transaction),
    ], [1213, 1205] as [UInt16])
  func whatTheServerUndidMayBeMadeAgain(
    _ statement: (sql: String, alone: MySQLError.Retry, inside: MySQLError.Retry), code: UInt16
  ) async throws {
    let server = try Self.serve(code)
    defer { server.stop() }
    let connection = try await server.connect { $0.allowsMultipleStatements = true }
    let query = MySQLQuery(unsafe: statement.sql)
    let alone = await failure { try await connection.execute(query) }
    #expect(alone?.retry == statement.alone && alone?.isRetryable == (statement.alone == .statement))
    try await connection.execute("BEGIN")
    let inside = await failure { try await connection.execute(query) }
    #expect(inside?.retry == statement.inside && inside?.isRetryable == false)
    await connection.close()
  }

  @Test(arguments: [false, true], [0, 300])
  func aBatchMayBeMadeAgainWhereNothingOfItIsLeft(isInside: Bool, done: Int) async throws {
    let server = try Self.serve(1213, afterRows: done)
    defer { server.stop() }
    let connection = try await server.connect { $0.pipelining = false }
    if isInside { try await connection.execute("BEGIN") }
    let error = await failure { try await connection.executeBatch("INSERT INTO t VALUES (?)", 0..<600) }
    #expect(error?.batch?.completedCount == done)
    #expect(error?.retry == (isInside ? .transaction : done == 0 ? .statement : .never))
    await connection.close()
  }

  /// The deadlock ended the transaction; the rows after it were executed and kept.
  @Test func aBatchWithRowsDoneAfterTheTransactionIsNotMadeAgain() async throws {
    let server = try Self.serve(1213, afterRows: 300)
    defer { server.stop() }
    let connection = try await server.connect {
      $0.pipelining = true
      $0.allowsLocalInfile = false
    }
    try await connection.execute("BEGIN")
    let error = await failure { try await connection.executeBatch("INSERT INTO t VALUES (?)", 0..<600) }
    #expect(error?.batch?.failedRows == 300..<301 && error?.batch?.completedRows.last == 301..<600)
    #expect(error?.retry == .never)
    await connection.close()
  }
}
