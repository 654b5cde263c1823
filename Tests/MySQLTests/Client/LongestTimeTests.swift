import MySQL
import MySQLTesting
import Testing

/// Times that are too long to be counted in nanoseconds, or nearly so: no sum or product of them may overflow.
@Suite(.timed) struct LongestTimeTests {
  static let times: [Duration] = [
    .nanoseconds(Int64.max), .milliseconds(Int64.max), .seconds(Int64.max),
    Duration(secondsComponent: .max, attosecondsComponent: 999_999_999_999_999_999),
  ]

  private static func setAll(_ settings: inout MySQLConfiguration, to time: Duration) {
    settings.connectTimeout = time
    settings.queryTimeout = time
    settings.acquireTimeout = time
    settings.idleTimeout = time
    settings.maxLifetime = time
    settings.idleCheck = time
    settings.tcpKeepAlive = time
  }

  @Test func theLongestTimesThatAreAllowedConnect() async throws {
    let server = try ScriptedServer.echo()
    defer { server.stop() }
    let settings = try server.settings { Self.setAll(&$0, to: .seconds(366 * 86_400)) }
    let connection = try await MySQLConnection.connect(settings)
    try await connection.ping()
    try await expectAnswers(from: connection)
    await connection.close()
    let client = try MySQLClient(settings)
    let running = Task { await client.run() }
    for _ in 0..<2 { try await expectAnswers(from: client) }
    await client.shutdown(within: .seconds(366 * 86_400))
    await running.value
  }

  @Test(arguments: times) func longerTimesAreRefusedBeforeAnythingIsConnected(time: Duration) async throws {
    let server = try ScriptedServer.echo()
    defer { server.stop() }
    let settings = try server.settings { $0.connectTimeout = time }
    let error = await failure { try await MySQLConnection.connect(settings) }
    #expect(error?.kind == .configuration && error?.reach == .notSent, "\(String(describing: error))")
    #expect(server.connections.isEmpty)
  }

  /// A call's own time has no limit.
  @Test(arguments: times) func aCallMayTakeAnyTime(time: Duration) async throws {
    let server = try ScriptedServer.echo()
    defer { server.stop() }
    let connection = try await server.connect()
    try await expectAnswers(from: connection, timeout: time)
    await connection.close()
    let client = try MySQLClient(server.settings())
    try await expectAnswers(from: client, timeout: time)
    await client.shutdown(within: time)
  }

  private func expectAnswers(from session: some MySQLQueryable, timeout: Duration? = nil) async throws {
    for text in ["SELECT 1", "SELECT 2"] {
      let rows = try await session.query("\(unsafe: text)", timeout: timeout).collect()
      #expect(try rows.map { try $0.decode(String.self) } == [text])
    }
  }
}
