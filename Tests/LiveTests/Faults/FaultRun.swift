import MySQL
import MySQLTesting
import Synchronization
import Testing

/// All faults of one scenario at one server.
final class FaultRun: Sendable {
  private let server: FaultyServer
  private let scenario: Scenario
  private let schema: FaultSchema
  private let settings: MySQLConfiguration
  private let calm = Mutex(Calm())
  /// How many cases have been taken. One list for all workers: cases in a row are alike, and some take long.
  private let taken = Atomic(0)

  /// How it goes when nothing breaks.
  private struct Calm {
    var transcript: [String] = []
    var cases: [FaultCase] = []
    /// How many packets a client sends to log in and to make the session ready, before its first command.
    var firstPackets = 0
  }

  private let directions = [Conversation.Direction.client, .server]
  private static let workers = 40
  /// What a silent server is given.
  private static let deadline = Duration.milliseconds(200)
  private static let watchdog = Duration.seconds(15)

  init(server: FaultyServer, scenario: Scenario, schema: FaultSchema, settings: MySQLConfiguration) {
    self.server = server
    self.scenario = scenario
    self.schema = schema
    self.settings = settings
  }

  /// Runs the scenario undisturbed, and lists what can go wrong. What goes wrong before the login is done
  /// is the login's scenarios' affair alone.
  func measure() async throws {
    // The server gets to know the account.
    for round in 0...1 {
      let proxy = try server.proxy()
      let transcript = Transcript()
      let connection = try await MySQLConnection.connect(
        settings(proxy, worker: 0, deadline: Self.watchdog))
      let start = directions.map { proxy.packetCount(from: $0) }
      try await scenario.work(connection, transcript, "calm \(round)")
      let end = directions.map { proxy.packetCount(from: $0) }
      await connection.close()
      // The farewell is a packet too.
      let farewell = scenario.name == "close" ? 1 : 0
      var cases = [FaultCase(kind: .singleBytes, direction: .server)]
      for (index, direction) in directions.enumerated() {
        let first = scenario.login == .root ? start[index] : 0
        let last = end[index] + (direction == .client ? farewell : 0)
        cases += FaultCase.all(from: direction, packets: first..<max(first, last))
      }
      let result = Calm(transcript: transcript.all, cases: cases, firstPackets: try await firstPackets())
      calm.withLock { $0 = result }
      proxy.stop()
    }
  }

  private func firstPackets() async throws -> Int {
    let proxy = try server.proxy()
    defer { proxy.stop() }
    let settings = try await settings(proxy, worker: 0, deadline: Self.watchdog)
    let connection = try await MySQLConnection.connect(settings)
    try await connection.ping()
    let count = proxy.packetCount(from: .client) - 1
    await connection.close()
    return count
  }

  /// Runs all cases, many at a time since most only wait, and answers how many there were.
  func runAll() async throws -> Int {
    let cases = calm.withLock { $0.cases }
    try await withThrowingTaskGroup { group in
      for worker in 0..<min(Self.workers, cases.count) {
        group.addTask { [self] in
          let proxy = try server.proxy()
          while case let index = taken.add(1, ordering: .relaxed).oldValue, index < cases.count {
            try await run(cases[index], proxy, worker)
          }
          proxy.stop()
        }
      }
      try await group.waitForAll()
    }
    return cases.count
  }

  private func settings(
    _ proxy: FaultProxy, worker: Int, deadline: Duration
  ) async throws -> MySQLConfiguration {
    var settings = settings
    if scenario.login == .first { settings.user = try await schema.makeAccount("first_\(worker)") }
    settings.endpoint = .tcp(host: "127.0.0.1", port: UInt16(proxy.port))
    settings.connectTimeout = deadline
    settings.queryTimeout = deadline
    return settings
  }

  private func run(_ fault: FaultCase, _ proxy: FaultProxy, _ worker: Int) async throws {
    proxy.setPlan(fault.plan)
    let transcript = Transcript()
    let isSilent = !fault.isHarmless && !fault.isSeenAtOnce
    let settings = try await settings(
      proxy, worker: worker, deadline: isSilent ? Self.deadline : .seconds(10))
    let opened = Opened()
    let start = ContinuousClock.now
    let outcome = await watched { [self] in
      let connection = try await MySQLConnection.connect(settings)
      opened.connection.withLock { $0 = connection }
      try await scenario.work(connection, transcript, "\(fault)")
    }
    let taken = start.duration(to: .now)
    let sent = proxy.packetCount(from: .client, connection: proxy.connectionCount - 1)
    let judgement = calm.withLock {
      Judgement(
        fault: fault, expected: $0.transcript, transcript: transcript.all, outcome: outcome, taken: taken,
        hasSentCommand: transcript.all.isEmpty && sent > $0.firstPackets)
    }
    for complaint in judgement.complaints { Issue.record("\(scenario.name), \(fault): \(complaint)") }
    guard let connection = opened.connection.withLock({ $0 }) else { return }
    let aftermath = await watched {
      for complaint in await judgement.complaintsOfAftermath(connection) {
        Issue.record("\(fault), afterwards: \(complaint)")
      }
      await connection.close()
    }
    if case .failure = aftermath { Issue.record("\(scenario.name), \(fault): it hangs afterwards") }
  }

  private final class Opened: Sendable {
    let connection = Mutex<MySQLConnection?>(nil)
  }

  /// What became of the closure; `Hang` if it took too long.
  private func watched(
    _ body: @escaping @Sendable () async throws -> Void
  ) async -> Result<Void, any Error> {
    let (outcomes, continuation) = AsyncStream<Result<Void, any Error>>.makeStream()
    Task {
      do { continuation.yield(.success(try await body())) } catch { continuation.yield(.failure(error)) }
    }
    let clock = Task {
      try? await Task.sleep(for: Self.watchdog)
      continuation.yield(.failure(Hang()))
    }
    defer { clock.cancel() }
    for await outcome in outcomes { return outcome }
    return .failure(Hang())
  }
}

/// Something did not end in time. It is left behind.
struct Hang: Error {}
