import MySQLTesting
import Testing

@testable import MySQL

/// Statements that were meant for a transaction that the server has undone, or that is over. Outside of it,
/// each would be committed on its own.
@Suite(.timed) struct DoomedTransactionTests {
  /// Returns a server that finds a deadlock at the first command that begins like this.
  private static func serve(_ sessions: SessionServer, deadlockAt prefix: String) throws -> ScriptedServer {
    let deadlocks = Counter()
    return try sessions.start { session, text in
      guard deadlocks.value == 0, text.hasPrefix(prefix) else { return false }
      deadlocks.add(1)
      try session.deadlock()
      return true
    }
  }

  @Test(arguments: [false, true]) func aPreparedStatementAfterADeadlockIsNotSent(isQuery: Bool) async throws {
    let sessions = SessionServer()
    let server = try Self.serve(sessions, deadlockAt: "EXECUTE")
    defer { server.stop() }
    let connection = try await server.connect()
    let errors = Journal<MySQLError>()
    let error = await failure {
      try await connection.withTransaction { transaction in
        try await transaction.withStatement("INSERT INTO t VALUES (?)") { statement in
          for number in 1...3 {
            do throws(MySQLError) {
              if isQuery {
                _ = try await statement.query(number)
              } else {
                try await statement.execute(number)
              }
            } catch {
              errors.note(error)
            }
          }
        }
      }
    }
    #expect(error?.server?.code == .lockDeadlock)
    #expect(errors.entries.map { $0.server?.code } == [.lockDeadlock, .lockDeadlock, .lockDeadlock])
    #expect(sessions.entries("EXECUTE").count == 1 && !sessions.has("COMMIT"), "\(sessions.texts)")
    await connection.close()
  }

  /// It was in the transaction when it got in line.
  @Test func aStatementThatWaitedDuringADeadlockIsNotSent() async throws {
    let (sessions, isReleased) = (SessionServer(), Counter())
    let server = try sessions.start { session, text in
      guard text == "UPDATE t SET n = 1" else { return false }
      try session.wait(for: isReleased)
      try session.deadlock()
      return true
    }
    defer { server.stop() }
    let connection = try await server.connect()
    let errors = Journal<MySQLError?>()
    let error = await failure {
      try await connection.withTransaction { transaction in
        async let first = failure { try await transaction.execute("UPDATE t SET n = 1") }
        #expect(await wait { sessions.has("UPDATE t SET n = 1") })
        async let second = failure { try await transaction.execute("UPDATE t SET n = 2") }
        #expect(await wait { connection.gate.waiterCount == 1 })
        isReleased.add(1)
        errors.note(await first)
        errors.note(await second)
      }
    }
    #expect(error?.server?.code == .lockDeadlock)
    #expect(errors.entries.map { $0?.server?.code } == [.lockDeadlock, .lockDeadlock])
    #expect(!sessions.has("UPDATE t SET n = 2") && !sessions.has("COMMIT"), "\(sessions.texts)")
    await connection.close()
  }

  /// The rows of a batch are separate statements where nothing is prepared.
  @Test func theRowsOfABatchAfterADeadlockAreNotSent() async throws {
    let sessions = SessionServer()
    let server = try Self.serve(sessions, deadlockAt: "UPDATE")
    defer { server.stop() }
    let connection = try await server.connect { $0.statementMode = .text }
    let error = await failure {
      try await connection.withTransaction { transaction in
        let pulls = Counter()
        let values = AsyncStream<Int>(unfolding: {
          pulls.add(1)
          if pulls.value == 2 { _ = try? await transaction.execute("UPDATE t SET n = 1") }
          return pulls.value <= 3 ? pulls.value : nil
        })
        _ = try await transaction.executeBatch("INSERT INTO t VALUES (?)", values)
      }
    }
    #expect(error?.server?.code == .lockDeadlock)
    #expect(sessions.entries("INSERT").count == 1 && !sessions.has("COMMIT"), "\(sessions.texts)")
    await connection.close()
  }

  @Test func aStatementThatWaitsForTheCommitIsNotSent() async throws {
    let (sessions, isReleased) = (SessionServer(), Counter())
    let server = try sessions.start { session, text in
      if text == "COMMIT" { try session.wait(for: isReleased) }
      return false
    }
    defer { server.stop() }
    let connection = try await server.connect()
    let escaped = Journal<MySQLStatement>()
    let task = Task {
      try await connection.withTransaction { transaction in
        try await transaction.withStatement("INSERT INTO t VALUES (?)") { escaped.note($0) }
      }
    }
    #expect(await wait { sessions.has("COMMIT") })
    let statement = try #require(escaped.entries.first)
    let refused = Counter()
    let late = Task {
      let error = await failure { try await statement.execute(1) }
      refused.add(1)
      return error
    }
    // It may also be refused without getting in line.
    #expect(await wait { connection.gate.waiterCount == 1 || refused.value == 1 })
    isReleased.add(1)
    let error = await late.value
    #expect(error?.kind == .misuse && error?.reach == .notSent, "\(error as Any)")
    try await watched { try await task.value }
    #expect(!sessions.has("PREPARE") && !sessions.has("EXECUTE"), "\(sessions.texts)")
    await connection.close()
  }

  @Test(arguments: TransactionRunner.Kind.allCases)
  func aStatementThatEscapesFromItsTransactionIsRefused(kind: TransactionRunner.Kind) async throws {
    let sessions = SessionServer()
    let server = try sessions.start()
    defer { server.stop() }
    let runner = try await kind.open(server)
    let escaped = Journal<MySQLStatement>()
    try await runner.transact { transaction in
      try await transaction.withStatement("INSERT INTO t VALUES (?)") { statement in
        try await statement.execute(1)
        escaped.note(statement)
      }
    }
    let statement = try #require(escaped.entries.first)
    let executing = await failure { try await statement.execute(2) }
    #expect(executing?.kind == .misuse && executing?.reach == .notSent)
    let querying = await failure { try await statement.query(3) }
    #expect(querying?.kind == .misuse && querying?.reach == .notSent)
    #expect(sessions.entries("EXECUTE").count == 1, "\(sessions.texts)")
    await runner.close()
  }
}
