import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct ConnectingDeadlineTests {
  @Test(arguments: StallPoint.allCases) func connectingEndsByItsDeadline(point: StallPoint) async throws {
    let deadline = Duration.milliseconds(300)
    try await expectPunctual(deadline) {
      let server = try point.server()
      let settings = try server.settings {
        $0.connectTimeout = deadline
        $0.queryTimeout = .seconds(20)
        $0.initCommands = ["SET @a = 1"]
      }
      let taken = await duration {
        let error = await failure { try await MySQLConnection.connect(settings) }
        #expect(error?.kind == .timeout)
      }
      #expect(taken >= deadline, "\(taken)")
      #expect(try await server.connection().waitForEnd(), "the socket is still open")
      return taken
    }
  }

  @Test func connectingEndsByItsDeadlineThoughTheServerKeepsTalking() async throws {
    let server = try ScriptedServer { connection in
      connection.split(into: 1, every: .milliseconds(50))
      try connection.sendGreeting()
    }
    let settings = try server.settings { $0.connectTimeout = .milliseconds(300) }
    try await expectPunctual(settings.connectTimeout) {
      await duration {
        let error = await failure { try await MySQLConnection.connect(settings) }
        #expect(error?.kind == .timeout)
      }
    }
  }
}
