import MySQL
import Testing

extension Live {
  /// When a client connects, and how it ends.
  @Suite(.live) struct ClientLifeTests {
    @Test(arguments: LiveServer.all) func connectsToNothingBeforeItIsUsed(server: LiveServer) async throws {
      let client = try MySQLClient(server.configuration())
      #expect(client.status.open == 0)
      await client.shutdown()
      await #expect(throws: MySQLError.self) { try await client.execute("DO 0") }
    }

    @Test(arguments: LiveServer.all) func shuttingDownWaitsForWhatIsInUse(server: LiveServer) async throws {
      let client = try MySQLClient(server.configuration())
      let slow = Task { try await client.query("SELECT SLEEP(0.5)").collect()[0].decode(Int.self) }
      while client.status.leased == 0 { try await Task.sleep(for: .milliseconds(5)) }
      await client.shutdown(within: .seconds(5))
      #expect(try await slow.value == 0)
      #expect(client.status.open == 0)
    }

    @Test(.tags(.waiting), arguments: LiveServer.all)
    func shuttingDownDoesNotWaitForEver(server: LiveServer) async throws {
      let client = try MySQLClient(server.configuration())
      let slow = Task { try await client.execute("DO SLEEP(20)") }
      while client.status.leased == 0 { try await Task.sleep(for: .milliseconds(5)) }
      let start = ContinuousClock.now
      await client.shutdown(within: .milliseconds(300))
      #expect(start.duration(to: .now) < .seconds(2))
      await #expect(throws: MySQLError.self) { try await slow.value }
    }

    @Test(arguments: LiveServer.all) func runsUntilItsTaskIsCancelled(server: LiveServer) async throws {
      let client = try MySQLClient(server.configuration { $0.minConnections = 2 })
      let running = Task { await client.run() }
      while client.status.open < 2 { try await Task.sleep(for: .milliseconds(5)) }
      try await client.execute("DO 0")
      running.cancel()
      await running.value
      #expect(client.status.open == 0)
    }

    @Test(arguments: LiveServer.all) func withAWrongPasswordItFailsAtOnce(server: LiveServer) async throws {
      let client = try MySQLClient(
        server.configuration {
          $0.user = "nobody_of_that_name"
          $0.password = "wrong"
        })
      let start = ContinuousClock.now
      let error = await #expect(throws: MySQLError.self) { try await client.execute("DO 0") }
      #expect(error?.kind == .authentication)
      #expect(start.duration(to: .now) < .seconds(3))
      await client.shutdown()
    }
  }
}
