import MySQL
import MySQLTesting
import Testing

/// Closing, and giving up a result, while the server neither sends anything nor closes.
@Suite(.timed) struct ClosingTests {
  /// What a connection is doing when it is closed.
  enum Closing: String, CaseIterable, CustomTestStringConvertible {
    case idle, duringAQuery, duringASend, withUnreadRows, withDroppedRows

    var testDescription: String { rawValue }
    /// Closing waits two seconds for rows that nobody wants any more, so that the server receives the goodbye.
    /// Where the client tries to end the statement, it waits a quarter of a second before that.
    func deadline(_ cancellation: MySQLConfiguration.Cancellation) -> Duration {
      guard self == .withDroppedRows else { return .zero }
      return cancellation == .close ? .seconds(2) : .milliseconds(2250)
    }
  }

  /// The server neither sends anything nor closes, and the client cannot end a statement there.
  @Test(arguments: Closing.allCases, [MySQLConfiguration.Cancellation.close, .kill])
  func closingDoesNotWaitForTheServer(
    closing: Closing, cancellation: MySQLConfiguration.Cancellation
  ) async throws {
    try await expectPunctual(closing.deadline(cancellation)) {
      let server = try ScriptedServer { connection in
        guard connection.index == 0 else { return }
        try connection.acceptLogin()
        _ = try connection.readCommand()
        try connection.sendOK()
        if closing == .duringASend { try connection.stall() }
        if closing != .idle { _ = try connection.readCommand() }
        if closing == .withUnreadRows || closing == .withDroppedRows {
          try connection.sendColumns(["a"])
          try connection.sendRows([["1"]], of: ["a"])
        }
        try connection.stall()
      }
      let client = try await server.connect { $0.cancellation = cancellation }
      try await client.ping()
      var rows: MySQLRows?
      var other: Task<MySQLError?, Never>?
      switch closing {
      case .idle: break
      case .duringAQuery:
        other = Task { await failure { try await client.query("SELECT a FROM t") } }
        try await server.waitFor("SELECT a FROM t")
      case .duringASend:
        let text = String(repeating: "x", count: 32 << 20)
        other = Task { await failure { try await client.query(MySQLQuery(unsafe: text)) } }
        try await Task.sleep(for: .milliseconds(100))
      case .withUnreadRows, .withDroppedRows:
        rows = try await client.query("SELECT a FROM t")
        if closing == .withDroppedRows { rows = nil }
      }
      let taken = await duration { await client.close() }
      withExtendedLifetime(rows) {}
      rows = nil
      let error = await other?.value
      #expect(other == nil || error?.kind == .connectionClosed, "\(String(describing: error))")
      await client.expectClosed()
      return taken
    }
  }

  /// A drain that never ended would keep the next command waiting.
  @Test func aResultThatIsGivenUpDoesNotHoldTheNextCommandForLong() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendColumns(["a"])
      try connection.stall()
    }
    let client = try await server.connect()
    _ = try await client.query("SELECT a FROM t")
    let error = await failure(.seconds(5)) { try await client.ping() }
    #expect(error?.kind == .connectionClosed && error?.reach == .notSent)
  }
}
