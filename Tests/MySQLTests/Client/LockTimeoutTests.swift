import MySQL
import MySQLTesting
import Testing

/// Transactions that go on after a lock wait that timed out (1205), or after the server ran out of room for
/// locks (1206). The settings of the server decide whether it has undone the statement or everything.
@Suite(.timed) struct LockTimeoutTests {
  private static func serve(
    _ sessions: SessionServer, _ code: UInt16, undoingAll: Bool
  ) throws -> ScriptedServer {
    try sessions.start { session, text in
      guard text.hasPrefix("UPDATE") else { return false }
      try session.lockTimeout(undoingAll: undoingAll, code)
      return true
    }
  }

  /// How the closure goes on.
  enum Way: String, CaseIterable, CustomTestStringConvertible {
    case execute, query, statement, batch, savepoint, end

    var testDescription: String { rawValue }

    func goOn(_ transaction: MySQLTransaction) async throws {
      switch self {
      case .execute: try await transaction.execute("INSERT INTO t VALUES (1)")
      case .query: _ = try await transaction.query("INSERT INTO t VALUES (1) RETURNING n").collect()
      case .statement:
        try await transaction.withStatement("INSERT INTO t VALUES (?)") { _ = try await $0.execute(1) }
      case .batch: try await transaction.executeBatch("INSERT INTO t VALUES (?)", [1, 2])
      case .savepoint:
        try await transaction.withTransaction { _ = try await $0.execute("INSERT INTO t VALUES (1)") }
      case .end: break
      }
    }
  }

  /// Whatever asks the server learns that no transaction is open.
  @Test(arguments: Way.allCases, [1205, 1206] as [UInt16])
  func nothingRunsOutsideOfATransactionThatTheServerUndid(way: Way, code: UInt16) async throws {
    let sessions = SessionServer()
    let server = try Self.serve(sessions, code, undoingAll: true)
    defer { server.stop() }
    let connection = try await server.connect()
    let error = await failure {
      try await connection.withTransaction { transaction in
        _ = try? await transaction.execute("UPDATE t SET n = 1")
        try await way.goOn(transaction)
      }
    }
    #expect(error != nil, "the changes before the error are lost, and the caller is not told")
    #expect(!sessions.has("INSERT") && !sessions.has("EXECUTE"), "\(sessions.texts)")
    // The connection itself can be used.
    #expect(await failure { try await connection.execute("DO 1") } == nil)
    await connection.close()
  }

  @Test(arguments: Way.allCases)
  func aTransactionGoesOnIfOnlyItsStatementWasUndone(way: Way) async throws {
    let sessions = SessionServer()
    let server = try Self.serve(sessions, 1205, undoingAll: false)
    defer { server.stop() }
    let connection = try await server.connect()
    try await connection.withTransaction { transaction in
      let error = await failure { try await transaction.execute("UPDATE t SET n = 1") }
      #expect(error?.server?.code == .lockWaitTimeout && error?.retry == .transaction)
      try await way.goOn(transaction)
    }
    let inserts = sessions.entries("INSERT") + sessions.entries("EXECUTE")
    #expect(inserts.isEmpty == (way == .end) && inserts.allSatisfy(\.isInTransaction), "\(sessions.texts)")
    #expect(sessions.entries("COMMIT").map(\.isInTransaction) == [true] && !sessions.has("ROLLBACK"))
    await connection.close()
  }
}
