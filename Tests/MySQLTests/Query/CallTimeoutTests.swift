import MySQL
import MySQLTesting
import Testing

/// The time limit of a call, on each verb.
@Suite(.timed) struct CallTimeoutTests {
  /// A verb that takes values, and the statement that its server never answers.
  enum Verb: String, CaseIterable, CustomTestStringConvertible {
    case query, execute, results, call, batch, textBatch, modelBatch, statementQuery, statementExecute

    var testDescription: String { rawValue }

    private struct Model: Encodable { var a = 1 }

    func run(on db: some MySQLQueryable, _ limit: Duration) async throws {
      switch self {
      case .query: _ = try await db.query("DO \(1)", timeout: limit)
      case .execute: try await db.execute("DO \(1)", timeout: limit)
      case .results: _ = try await db.results(of: "DO \(1)", timeout: limit)
      case .call: _ = try await db.call("CALL p(\(1))", timeout: limit)
      case .batch, .textBatch: try await db.executeBatch("DO ?", [1, 2], timeout: limit)
      case .modelBatch: try await db.executeBatch(into: "t", [Model()], timeout: limit)
      case .statementQuery:
        try await db.withStatement("DO ?") { _ = try await $0.query(1, timeout: limit) }
      case .statementExecute:
        try await db.withStatement("DO ?") { _ = try await $0.execute(1, timeout: limit) }
      }
    }
  }

  @Test(arguments: Verb.allCases) func aSilentServerIsGivenUpAfterTheCallsOwnTime(verb: Verb) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .prepare: try connection.sendPrepared(1, parameters: [.init("?", .bigint)])
        case .execute: try connection.stall()
        case .query(let sql) where sql.hasPrefix("DO"): try connection.stall()
        case .closeStatement: break
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
    defer { server.stop() }
    let client = try await server.connect {
      $0.cancellation = .close
      if verb == .textBatch { $0.statementMode = .text }
    }
    let start = ContinuousClock.now
    let error = await failure { try await verb.run(on: client, .milliseconds(100)) }
    #expect(error?.kind == .timeout, "\(error as Any)")
    #expect(start.duration(to: .now) < .seconds(2))
    await client.close()
  }
}
