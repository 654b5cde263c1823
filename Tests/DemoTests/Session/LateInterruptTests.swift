import MySQL
import Testing

@testable import mysql_demo

extension Demo {
  /// An interrupt that comes as its statement ends.
  @Suite(.live, .atTerminal) struct InterruptingLate {
    @Test(arguments: DemoServer.all)
    func neverStopsTheStatementAfter(_ server: DemoServer) async throws {
      var stopped = 0
      try await MySQLConnection.with(server.configuration) { connection in
        let interrupts = Interrupts()
        interrupts.begin()
        for round in 0..<120 {
          let interruption = Task.detached {
            // The delays range from before the statement's end to after it.
            try? await Task.sleep(for: .microseconds(round * 137 % 16_000))
            interrupts.interrupt()
          }
          let isStopped = await interrupts.during(connection) { await Self.sleeps(connection, "0.008") != 0 }
          if isStopped { stopped += 1 }
          // This statement has no Ctrl-C of its own, and must not be hit by the one that was meant for the
          // statement before.
          let next = await Self.sleeps(connection, "0.004")
          #expect(next == 0, "round \(round)")
          await interruption.value
          // An interrupt that comes only now finds nothing running.
          #expect(await Self.sleeps(connection, "0.001") == 0, "round \(round)")
        }
      }
      // At one end of the range, the interrupt is always in time.
      #expect(stopped > 0)
    }

    /// Returns the result of SLEEP: 0 unless it was stopped.
    private static func sleeps(_ connection: MySQLConnection, _ seconds: String) async -> Int? {
      try? await connection.query("SELECT SLEEP(\(unsafe: seconds))").collect().first?.decode(Int.self)
    }
  }
}
