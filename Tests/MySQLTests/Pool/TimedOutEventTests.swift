import MySQL
import MySQLTesting
import Testing

/// Which timeouts the observer of a pool learns of.
@Suite(.timed) struct TimedOutEventTests {
  private final class Log: MySQLObserver {
    let events = Journal<MySQLPoolEvent>()
    func pool(_ event: MySQLPoolEvent) { events.note(event) }
  }

  @Test(arguments: [true, false])
  func aWaitForAConnectionIsReportedAndSlowConnectingIsNot(isConnecting: Bool) async throws {
    let server = try ScriptedServer { try $0.stall() }
    defer { server.stop() }
    let log = Log()
    let settings = try server.settings {
      $0.connectTimeout = isConnecting ? .milliseconds(200) : .seconds(10)
      $0.acquireTimeout = isConnecting ? .seconds(10) : .milliseconds(200)
    }
    let client = try MySQLClient(settings, observer: log)
    let error = await failure { try await client.execute("DO 1") }
    #expect(error?.kind == .timeout)
    #expect(log.events.entries == (isConnecting ? [.waiting] : [.waiting, .timedOut]))
    await client.shutdown(within: .zero)
  }
}
