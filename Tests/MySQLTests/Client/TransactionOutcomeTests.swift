import MySQL
import MySQLTesting
import Testing

/// Transactions whose COMMIT or ROLLBACK fails.
@Suite(.timed) struct TransactionOutcomeTests {
  private struct Refusal: Error {}

  @Test(arguments: TransactionRunner.Kind.allCases, [false, true])
  func aCommitWithoutAnAnswerIsNeverRepeated(kind: TransactionRunner.Kind, isReset: Bool) async throws {
    let sessions = SessionServer()
    let server = try sessions.start { session, text in
      guard text == "COMMIT" else { return false }
      if isReset { session.connection.reset() } else { session.connection.close() }
      return true
    }
    defer { server.stop() }
    let runner = try await kind.open(server)
    let runs = Counter()
    let error = await failure {
      try await runner.transact(retries: 3) { transaction in
        runs.add(1)
        try await transaction.execute("INSERT INTO t VALUES (1)")
      }
    }
    #expect(error?.kind == .commitUnknown && error?.reach == .unknown && error?.retry == .never)
    #expect(runs.value == 1 && sessions.entries("COMMIT").count == 1)
    #expect(!sessions.has("ROLLBACK"))
    await runner.expectClosed(server)
    await runner.close()
  }

  /// The server refuses each INSERT, and each ROLLBACK.
  private static func serve(_ sessions: SessionServer) throws -> ScriptedServer {
    try sessions.start { session, text in
      if text.hasPrefix("INSERT") {
        try session.connection.sendError(1062, state: "23000", message: "Duplicate entry '1' for key 't.n'")
      } else if text == "ROLLBACK" {
        try session.connection.sendError(1105, message: "Unknown error")
      } else {
        return false
      }
      return true
    }
  }

  @Test(arguments: TransactionRunner.Kind.allCases)
  func anErrorSaysWhyItsRollbackFailed(kind: TransactionRunner.Kind) async throws {
    let sessions = SessionServer()
    let server = try Self.serve(sessions)
    defer { server.stop() }
    let runner = try await kind.open(server)
    let error = await failure {
      try await runner.transact(retries: 3) { try await $0.execute("INSERT INTO t VALUES (1)") }
    }
    #expect(error?.kind == .server && error?.server?.code == .duplicateEntry)
    #expect(error?.rollbackFailure?.server?.code.rawValue == 1105)
    #expect(sessions.entries("START TRANSACTION").count == 1 && !sessions.has("COMMIT"))
    await runner.expectClosed(server)
    await runner.close()
  }

  @Test(arguments: TransactionRunner.Kind.allCases)
  func aRollbackThatFailsDoesNotReplaceTheClosuresError(kind: TransactionRunner.Kind) async throws {
    let sessions = SessionServer()
    let server = try Self.serve(sessions)
    defer { server.stop() }
    let runner = try await kind.open(server)
    await #expect(throws: Refusal.self) {
      try await watched { try await runner.transact { _ in throw Refusal() } }
    }
    #expect(sessions.entries("ROLLBACK").count == 1 && !sessions.has("COMMIT"))
    await runner.expectClosed(server)
    await runner.close()
  }
}
