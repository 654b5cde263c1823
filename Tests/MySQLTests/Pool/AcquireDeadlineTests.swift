import MySQL
import MySQLTesting
import Testing

/// How long a caller waits while others hold all of a pool's connections.
@Suite(.timed) struct AcquireDeadlineTests {
  private static let deadline = Duration.milliseconds(300)

  /// The caller that is then the first in line gets the connection as soon as it comes back.
  @Test func aWaitForAConnectionEndsByItsDeadline() async throws {
    try await expectPunctual(Self.deadline) {
      let server = try ScriptedServer.echo()
      let client = try MySQLClient(
        server.settings {
          $0.maxConnections = 1
          $0.acquireTimeout = Self.deadline
        })
      // On a slow machine, even opening the connection takes too long: that counts as late.
      let opening = await failure { try await client.execute("DO 0") }
      if opening?.kind == .timeout { return .seconds(1) }
      #expect(opening == nil, "\(opening as Any)")
      let (taken, next) = try await client.withConnection { _ in
        let next = Task {
          try await Task.sleep(for: Self.deadline - .milliseconds(50))
          return await failure { try await client.execute("DO 1") }
        }
        let taken = await duration {
          let error = await failure { try await client.execute("DO 2") }
          #expect(error?.kind == .timeout && error?.reach == .notSent, "\(error as Any)")
        }
        return (taken, next)
      }
      let error = try await next.value
      await client.shutdown()
      // The machine was so slow that this caller waited too long as well: that counts as late.
      if error?.kind == .timeout { return .seconds(1) }
      #expect(error == nil, "\(error as Any)")
      try await Self.expectOnlyOne(server)
      #expect(taken >= .milliseconds(290), "\(taken)")
      return taken
    }
  }

  /// A call's own limit covers its wait, and changes nothing for the caller that is ahead of it in line.
  @Test func aCallWaitsNoLongerThanItsOwnLimit() async throws {
    try await expectPunctual(Self.deadline) {
      let server = try ScriptedServer.echo()
      let client = try MySQLClient(server.settings { $0.maxConnections = 1 })
      let (taken, first) = try await client.withConnection { _ in
        let first = Task { await failure { try await client.execute("DO 1") } }
        #expect(await wait { client.status.waiting == 1 })
        let taken = await duration {
          let error = await failure { try await client.execute("DO 2", timeout: Self.deadline) }
          #expect(error?.kind == .timeout && error?.reach == .notSent, "\(error as Any)")
        }
        #expect(client.status.waiting == 1)
        return (taken, first)
      }
      let error = await first.value
      #expect(error == nil, "\(error as Any)")
      await client.shutdown()
      try await Self.expectOnlyOne(server)
      #expect(taken >= .milliseconds(290), "\(taken)")
      return taken
    }
  }

  /// Expects that the statement of the caller that waited too long was not sent.
  private static func expectOnlyOne(_ server: ScriptedServer) async throws {
    let received = try await server.connection().received
    let text = String(decoding: received, as: UTF8.self)
    #expect(text.contains("DO 1") && !text.contains("DO 2"))
    #expect(server.connections.count == 1)
  }
}
