import MySQL
import MySQLTesting
import Testing

/// Transactions that are given up before the server has said that they began.
@Suite(.timed) struct CancelledBeginningTests {
  /// Why the caller gives up.
  enum Reason: String, CaseIterable, CustomTestStringConvertible {
    case cancelled, timedOut

    var testDescription: String { rawValue }
    var kind: MySQLError.Kind { self == .cancelled ? .cancelled : .timeout }
  }

  /// The server begins the transaction all the same. What follows must not become a part of it.
  @Test(arguments: TransactionRunner.Kind.allCases, Reason.allCases)
  func aTransactionThatBeginsTooLateIsNotLeftOpen(
    kind: TransactionRunner.Kind, reason: Reason
  ) async throws {
    let (sessions, held) = (SessionServer(), Counter())
    let server = try sessions.start { session, text in
      if text.hasPrefix("START TRANSACTION"), held.value == 0 {
        held.add(1)
        try session.waitForKill()
      }
      return false
    }
    defer { server.stop() }
    let runner = try await kind.open(server) {
      $0.cancellation = .kill
      if reason == .timedOut { $0.queryTimeout = .milliseconds(500) }
    }
    let task = Task { try await runner.transact { try await $0.execute("INSERT INTO t VALUES (1)") } }
    if reason == .cancelled {
      #expect(await wait { sessions.has("START TRANSACTION") })
      task.cancel()
    }
    let error = await failure { try await task.value }
    #expect(error?.kind == reason.kind, "\(error as Any)")
    let next = await failure { try await runner.execute("INSERT INTO t VALUES (2)") }
    if kind == .connection, let next {
      #expect(next.kind == .connectionClosed, "\(next)")
    } else {
      #expect(next == nil, "\(next as Any)")
      let entry = try #require(sessions.entries("INSERT INTO t VALUES (2)").first)
      #expect(!entry.isInTransaction, "\(sessions.texts)")
    }
    #expect(!sessions.has("INSERT INTO t VALUES (1)"))
    await runner.close()
  }

  /// Where the caller gives up. In both places, the server has the isolation level for its next transaction.
  enum Step: String, CaseIterable, CustomTestStringConvertible {
    case level = "SET TRANSACTION"
    case beginning = "START TRANSACTION"

    var testDescription: String { rawValue }
  }

  @Test(arguments: TransactionRunner.Kind.allCases, Step.allCases)
  func anIsolationLevelIsNotLeftForTheNextTransaction(
    kind: TransactionRunner.Kind, step: Step
  ) async throws {
    let (sessions, held) = (SessionServer(), Counter())
    let server = try sessions.start { session, text in
      guard text.hasPrefix(step.rawValue), held.value == 0 else { return false }
      held.add(1)
      try session.waitForKill()
      guard step == .beginning else { return false }
      try session.interrupted()
      return true
    }
    defer { server.stop() }
    let runner = try await kind.open(server) { $0.cancellation = .kill }
    let task = Task {
      try await runner.transact(isolation: .readUncommitted) {
        try await $0.execute("INSERT INTO t VALUES (1)")
      }
    }
    #expect(await wait { sessions.has(step.rawValue) })
    task.cancel()
    let error = await failure { try await task.value }
    #expect(error?.kind == .cancelled, "\(error as Any)")
    // The next holder's statement would have the level even without a transaction.
    if kind == .pool {
      let alone = await failure { try await runner.execute("INSERT INTO t VALUES (2)") }
      #expect(alone == nil, "\(alone as Any)")
    }
    let next = await failure {
      try await runner.transact { try await $0.execute("INSERT INTO t VALUES (3)") }
    }
    if kind == .connection, let next {
      #expect(next.kind == .connectionClosed, "\(next)")
    } else {
      #expect(next == nil, "\(next as Any)")
      #expect(sessions.entries("INSERT").count == (kind == .pool ? 2 : 1))
    }
    #expect(sessions.entries("INSERT").allSatisfy { $0.level == nil }, "\(sessions.texts)")
    #expect(!sessions.has("INSERT INTO t VALUES (1)"))
    await runner.close()
  }

  /// The level of a transaction that begins is the one that was asked for, and only its own.
  @Test(arguments: TransactionRunner.Kind.allCases)
  func anIsolationLevelHoldsForItsTransaction(kind: TransactionRunner.Kind) async throws {
    let sessions = SessionServer()
    let server = try sessions.start()
    defer { server.stop() }
    let runner = try await kind.open(server)
    try await runner.transact(isolation: .readUncommitted) {
      try await $0.execute("INSERT INTO t VALUES (1)")
    }
    try await runner.transact { try await $0.execute("INSERT INTO t VALUES (2)") }
    let levels = sessions.entries("INSERT").map(\.level)
    #expect(levels == ["SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED", nil])
    await runner.close()
  }
}
