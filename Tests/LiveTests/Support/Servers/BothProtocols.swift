import MySQL
import Testing

/// Runs each test of a suite twice: first its statements are sent as text, then they are prepared.
struct BothProtocols: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  /// Whether the statements of the running test are prepared.
  @TaskLocal static var areStatementsPrepared = false

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    try await function()
    if testCase != nil { try await Self.$areStatementsPrepared.withValue(true) { try await function() } }
  }
}

extension Trait where Self == BothProtocols {
  static var byBothProtocols: Self { BothProtocols() }
}

// The library's functions, with the protocol that the test is run for. Calls without further arguments use these.
extension MySQLConnection {
  func query(_ query: MySQLQuery) async throws(MySQLError) -> MySQLRows {
    try await self.query(query, options: .init(prepared: BothProtocols.areStatementsPrepared))
  }

  @discardableResult
  func execute(_ query: MySQLQuery) async throws(MySQLError) -> MySQLResult {
    try await execute(query, options: .init(prepared: BothProtocols.areStatementsPrepared))
  }
}
