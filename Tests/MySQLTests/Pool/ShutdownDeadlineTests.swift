import MySQL
import MySQLTesting
import Testing

/// A client that is shut down while a closure has one of its connections.
@Suite(.timed) struct ShutdownDeadlineTests {
  @Test func shuttingDownDoesNotWaitForAClosureThatGoesOn() async throws {
    let server = try ScriptedServer.echo()
    defer { server.stop() }
    let client = try MySQLClient(server.settings())
    let holder = Task { try await client.withConnection { _ in try await Task.sleep(for: .seconds(5)) } }
    #expect(await wait { client.status.leased == 1 })
    let taken = try await duration {
      try await watched { await client.shutdown(within: .milliseconds(100)) }
    }
    #expect(taken >= .milliseconds(90) && taken < .seconds(2), "\(taken)")
    // Its connection was taken away from it.
    #expect(try await server.connection().waitForEnd())
    let error = await failure { try await client.execute("DO 1") }
    #expect(error?.kind == .connectionClosed && error?.reach == .notSent)
    holder.cancel()
    _ = await holder.result
    #expect(await wait { client.status.leased == 0 })
  }

  @Test func aClosureThatHasAConnectionMayShutTheClientDown() async throws {
    let server = try ScriptedServer.echo()
    defer { server.stop() }
    let client = try MySQLClient(server.settings())
    let taken = try await duration {
      try await watched {
        try await client.withConnection { connection in
          await client.shutdown(within: .milliseconds(100))
          #expect(connection.isClosed)
        }
      }
    }
    #expect(taken < .seconds(2), "\(taken)")
    #expect(try await server.connection().waitForEnd())
    // Again, it has nothing to wait for.
    try await watched { await client.shutdown() }
  }

  /// `run` ends with the client, whatever a closure does.
  @Test func runningEndsWhenTheTimeIsUp() async throws {
    let server = try ScriptedServer.echo()
    defer { server.stop() }
    let client = try MySQLClient(server.settings())
    let running = Task { await client.run() }
    let holder = Task { try await client.withConnection { _ in try await Task.sleep(for: .seconds(5)) } }
    #expect(await wait { client.status.leased == 1 })
    let taken = try await duration {
      try await watched {
        await client.shutdown(within: .milliseconds(100))
        await running.value
      }
    }
    #expect(taken < .seconds(2), "\(taken)")
    holder.cancel()
    _ = await holder.result
  }

  /// There is time enough for it.
  @Test func aClosureThatEndsInTimeKeepsItsConnectionUntilThen() async throws {
    let server = try ScriptedServer.echo()
    defer { server.stop() }
    let client = try MySQLClient(server.settings())
    let isShuttingDown = Counter()
    let holder = Task {
      try await client.withConnection { connection in
        #expect(await wait { isShuttingDown.value == 1 })
        try await Task.sleep(for: .milliseconds(100))
        return try await connection.query("SELECT 1").collect()[0].decode(String.self)
      }
    }
    #expect(await wait { client.status.leased == 1 })
    let stopping = Task { await client.shutdown() }
    isShuttingDown.add(1)
    let text = try await watched { try await holder.value }
    #expect(text == "SELECT 1")
    try await watched { await stopping.value }
    #expect(client.status.open == 0)
  }
}
