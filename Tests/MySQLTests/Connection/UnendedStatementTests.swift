import Foundation
import MySQL
import MySQLTesting
import Testing

/// Time limits of statements that the client tries to end at the server, as it does by default, and cannot end.
@Suite(.timed) struct UnendedStatementTests {
  /// What becomes of the second connection, over which the statement is to be ended.
  enum Obstacle: String, CaseIterable, CustomTestStringConvertible {
    case refused, tooManyConnections, closedAtOnce, silent, silentAfterTheLogin, withoutEffect

    var testDescription: String { rawValue }

    /// How long the client may take to find out: five seconds where it has to wait for the server.
    var patience: Duration {
      switch self {
      case .refused, .tooManyConnections, .closedAtOnce: .zero
      case .silent, .silentAfterTheLogin, .withoutEffect: .seconds(5)
      }
    }

    /// Whether the server listens at a unix socket: its file can be removed, and the client sends KILL there
    /// without asking first whose session it is about to hit.
    private var isLocal: Bool { self == .refused || self == .withoutEffect }

    /// Returns a server with this obstacle. It falls silent in its response to the first command.
    func server(_ silence: Silence) throws -> ScriptedServer {
      let path = "/tmp/unended-\(UInt32.random(in: .min ... .max)).sock"
      return try ScriptedServer(at: isLocal ? .unix(path: path) : .loopback) { connection in
        guard connection.index == 0 else { return try meet(connection) }
        try connection.acceptLogin()
        _ = try connection.readCommand()
        // From now on, nothing listens there.
        if self == .refused { unlink(path) }
        try silence.answer(connection)
        try connection.stall()
      }
    }

    private func meet(_ connection: ScriptedConnection) throws {
      switch self {
      case .refused, .closedAtOnce: return
      case .tooManyConnections:
        try connection.sendError(1040, state: "08004", message: "Too many connections")
      case .silent: try connection.stall()
      case .silentAfterTheLogin, .withoutEffect:
        try connection.acceptLogin()
        let command = try connection.readCommand()
        if case .query(let sql) = command, sql.hasPrefix("KILL QUERY ") { try connection.sendOK() }
        try connection.stall()
      }
    }
  }

  private static let cancellation = MySQLConfiguration().cancellation

  /// The caller does not wait until the client has found out that it cannot end the statement.
  @Test(arguments: Silence.allCases, [Obstacle.refused, .silent, .closedAtOnce])
  func aQueryEndsByItsDeadline(silence: Silence, obstacle: Obstacle) async throws {
    let deadline = Duration.milliseconds(300)
    try await expectPunctual(deadline) {
      let server = try obstacle.server(silence)
      let client = try await server.connect {
        $0.queryTimeout = deadline
        $0.cancellation = Self.cancellation
      }
      let rows = Counter()
      let taken = await duration {
        let error = await failure {
          for try await _ in try await client.query("SELECT a FROM t") { rows.add(1) }
        }
        #expect(error?.kind == .timeout && error?.reach == .unknown && error?.isRetryable == false)
        #expect(error?.statement == "SELECT a FROM t")
      }
      #expect(taken >= .milliseconds(290), "\(taken)")
      #expect(silence.rows.contains(rows.value), "\(rows.value) rows")
      if obstacle.patience == .zero { await client.expectClosed() }
      return taken
    }
  }

  /// Once the client has found out, it closes the connection. All settings are the defaults.
  @Test(arguments: Obstacle.allCases) func theConnectionIsClosedInTime(obstacle: Obstacle) async throws {
    try await expectPunctual(obstacle.patience) {
      let server = try obstacle.server(.atOnce)
      let client = try await server.connect { $0.cancellation = Self.cancellation }
      let error = await failure {
        try await client.execute("SELECT a FROM t", timeout: .milliseconds(100))
      }
      #expect(error?.kind == .timeout && error?.reach == .unknown)
      let taken = await duration { #expect(await wait { client.isClosed }) }
      await client.expectClosed()
      // The client has tried to end the statement.
      #expect(server.connections.count == (obstacle == .refused ? 1 : 2))
      return taken
    }
  }
}
