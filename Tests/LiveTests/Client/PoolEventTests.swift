import MySQL
import Testing

extension Live {
  /// What an observer is told of a pool.
  @Suite(.live, .timeLimit(.minutes(5))) struct PoolEventTests {
    @Test(arguments: LiveServer.all) func aKnownCourseBringsEachEventInItsOrder(
      server: LiveServer
    ) async throws {
      let log = EventLog()
      let client = try MySQLClient(server.configuration { $0.maxConnections = 1 }, observer: log)
      try await client.withConnection { _ in
        let error = await #expect(throws: MySQLError.self) {
          try await client.execute("DO 0", timeout: .milliseconds(50))
        }
        #expect(error?.kind == .timeout)
      }
      #expect(log.take() == ["waiting", "opened", "leased after a wait", "waiting", "timed out"])
      _ = try await client.query("SELECT 1").collect()
      #expect(log.take() == ["leased"])
      let late = try await client.withConnection { _ in
        let late = Task { _ = try await client.query("SELECT 2").collect() }
        while client.status.waiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
        return late
      }
      try await late.value
      #expect(log.take() == ["leased", "waiting", "leased after a wait"])
      await client.shutdown()
      #expect(log.take() == ["closed"])
    }
  }
}

/// The names of the events since they were last taken.
private final class EventLog: MySQLObserver {
  private let names = Locked<[String]>([])

  func take() -> [String] {
    names.withLock { names in
      defer { names = [] }
      return names
    }
  }

  func pool(_ event: MySQLPoolEvent) {
    let name =
      switch event {
      case .opened: "opened"
      case .closed: "closed"
      case .waiting: "waiting"
      case .leased(let time): time == .zero ? "leased" : "leased after a wait"
      case .timedOut: "timed out"
      }
    names.withLock { $0.append(name) }
  }
}
