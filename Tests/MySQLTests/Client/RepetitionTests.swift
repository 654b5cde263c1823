import MySQL
import MySQLTesting
import Testing

/// How `withTransaction` runs its closure again.
@Suite(.timed) struct RepetitionTests {
  /// Returns a server that refuses the first `count` updates with a deadlock or a lock wait that timed out.
  private static func serve(
    _ sessions: SessionServer, _ code: UInt16, _ count: Int
  ) throws -> ScriptedServer {
    let refused = Counter()
    return try sessions.start { session, text in
      guard text.hasPrefix("UPDATE"), refused.value < count else { return false }
      refused.add(1)
      if code == 1213 { try session.deadlock() } else { try session.lockTimeout(undoingAll: false) }
      return true
    }
  }

  @Test(arguments: TransactionRunner.Kind.allCases, [1205, 1213] as [UInt16])
  func theWholeTransactionIsRunAgain(kind: TransactionRunner.Kind, code: UInt16) async throws {
    let sessions = SessionServer()
    let server = try Self.serve(sessions, code, 1)
    defer { server.stop() }
    let runner = try await kind.open(server)
    let runs = Counter()
    try await runner.transact(retries: 1) { transaction in
      runs.add(1)
      try await transaction.execute("INSERT INTO t VALUES (1)")
      try await transaction.execute("UPDATE t SET n = 1")
    }
    #expect(runs.value == 2)
    // A question to the server does no harm.
    var texts = sessions.texts.filter { $0 != "PING" && $0 != "RESET" }
    let once = ["START TRANSACTION", "INSERT INTO t VALUES (1)", "UPDATE t SET n = 1"]
    // After a deadlock there is nothing to undo.
    if code == 1213 { texts.removeAll { $0 == "ROLLBACK" } }
    #expect(texts == once + (code == 1213 ? [] : ["ROLLBACK"]) + once + ["COMMIT"])
    #expect(sessions.entries("START TRANSACTION").allSatisfy { !$0.isInTransaction })
    await runner.close()
  }

  @Test(arguments: TransactionRunner.Kind.allCases, [1205, 1213] as [UInt16])
  func theLastErrorIsThrownWhenNoRepetitionIsLeft(kind: TransactionRunner.Kind, code: UInt16) async throws {
    let sessions = SessionServer()
    let server = try Self.serve(sessions, code, .max)
    defer { server.stop() }
    let runner = try await kind.open(server)
    let runs = Counter()
    let error = await failure {
      try await runner.transact(retries: 2) { transaction in
        runs.add(1)
        try await transaction.execute("UPDATE t SET n = 1")
      }
    }
    #expect(error?.server?.code.rawValue == code && error?.retry == .transaction)
    #expect(runs.value == 3 && !sessions.has("COMMIT"))
    #expect(await failure { try await runner.execute("DO 1") } == nil)
    await runner.close()
  }

  /// By then, the delays are so long that the task is most likely cancelled in one.
  @Test(arguments: TransactionRunner.Kind.allCases)
  func aTaskThatIsCancelledBetweenRepetitionsGetsTheLibrarysError(kind: TransactionRunner.Kind) async throws {
    let sessions = SessionServer()
    let server = try Self.serve(sessions, 1213, .max)
    defer { server.stop() }
    let runner = try await kind.open(server)
    let task = Task {
      try await runner.transact(retries: .max) { try await $0.execute("UPDATE t SET n = 1") }
    }
    #expect(await wait { sessions.entries("START TRANSACTION").count == 8 })
    try await Task.sleep(for: .milliseconds(20))
    task.cancel()
    let error = await failure { try await task.value }
    #expect(error?.kind == .cancelled, "\(error as Any)")
    #expect(!sessions.has("COMMIT"))
    await runner.close()
  }
}
