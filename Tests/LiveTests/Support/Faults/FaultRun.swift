import MySQL
import MySQLTesting
import Testing

/// All faults of one scenario with one server.
final class FaultRun: Sendable {
  private let server: FaultyServer
  private let scenario: Scenario
  private let schema: FaultSchema
  private let settings: MySQLConfiguration
  private let calm = Locked(Calm())
  private let outcomes = Locked(Outcomes())

  /// What happens when nothing breaks.
  private struct Calm {
    var transcript: [String] = []
    var cases: [FaultCase] = []
    /// The number of packets that a client sends between its login and its first command, to prepare the session.
    var setupPackets = 0
  }

  private struct Outcomes {
    /// The tags of the cases that succeeded, and of those in which nothing was sent.
    var done: Set<String> = []
    var notSent: Set<String> = []
    /// The cases whose error came late.
    var late: [FaultCase] = []
  }

  private let directions = [StreamDirection.client, .server]
  /// How many cases run at a time: those that only wait, and the others.
  private static let (patientWorkers, promptWorkers) = (40, 4)
  /// How long a silent server is given.
  private static let deadline = Duration.milliseconds(200)
  private static let watchdog = Duration.seconds(15)
  /// How long an error may take from the moment at which the client could see that the connection is broken: by its
  /// end, which may be the server's reaction, or by bytes that the server did not send.
  #if DEBUG
    // Without optimization, an Ed25519 signature alone takes that long.
    private static let grace = Duration.milliseconds(500)
  #else
    private static let grace = Duration.milliseconds(100)
  #endif

  init(server: FaultyServer, scenario: Scenario, schema: FaultSchema, settings: MySQLConfiguration) {
    self.server = server
    self.scenario = scenario
    self.schema = schema
    self.settings = settings
  }

  /// Runs the scenario undisturbed, and lists what can go wrong. Faults before the end of the login are left to
  /// the login scenarios.
  func measure() async throws {
    // The first round lets the server get to know the account.
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
      let result = Calm(transcript: transcript.all, cases: cases, setupPackets: try await setupPackets())
      calm.withLock { $0 = result }
      proxy.stop()
    }
  }

  private func setupPackets() async throws -> Int {
    let proxy = try server.proxy()
    defer { proxy.stop() }
    let settings = try await settings(proxy, worker: 0, deadline: Self.watchdog)
    let connection = try await MySQLConnection.connect(settings)
    let login = proxy.packetCount(from: .client)
    try await connection.ping()
    let count = proxy.packetCount(from: .client) - login - 1
    await connection.close()
    // A client that gives up ends TLS with one more record.
    return count + (settings.tls.mode == .required ? 1 : 0)
  }

  /// Runs all cases, and returns their number.
  func runAll() async throws -> Int {
    let cases = calm.withLock { $0.cases }
    try await run(cases.filter { !$0.isSilent }, workers: Self.promptWorkers)
    try await run(cases.filter(\.isSilent), workers: Self.patientWorkers)
    // A busy machine may delay an error once. An error that is late again, when its case runs alone, is really late.
    for round in 1...2 {
      let late = outcomes.withLock { outcomes in
        defer { outcomes.late = [] }
        return outcomes.late
      }
      try await run(late, workers: 1, round: round)
    }
    for fault in outcomes.withLock({ $0.late }) {
      Issue.record("\(scenario.name), \(fault): the error comes late, time and again")
    }
    return cases.count
  }

  /// Runs cases. All workers share one list, because adjacent cases are alike and some take long.
  private func run(_ cases: [FaultCase], workers: Int, round: Int = 0) async throws {
    let taken = Counter()
    try await withThrowingTaskGroup { group in
      for worker in 0..<min(workers, cases.count) {
        group.addTask { [self] in
          let proxy = try server.proxy()
          while case let index = taken.next(), index < cases.count {
            // A busy server may not yet have ended the connections of earlier cases.
            while try await !run(cases[index], proxy, worker, tag: round == 0 ? "" : "\(round) ") {
              try await Task.sleep(for: .milliseconds(50))
            }
          }
          proxy.stop()
        }
      }
      try await group.waitForAll()
    }
  }

  /// The tags of the cases that succeeded, and of those in which nothing was even sent.
  var writes: (done: Set<String>, notSent: Set<String>) { outcomes.withLock { ($0.done, $0.notSent) } }

  private func settings(
    _ proxy: FaultProxy, worker: Int, deadline: Duration
  ) async throws -> MySQLConfiguration {
    var settings = settings
    if scenario.login == .first { settings.user = try await schema.makeAccount("first_\(worker)") }
    settings.endpoint = .tcp(host: "127.0.0.1", port: UInt16(proxy.port))
    settings.connectTimeout = deadline
    settings.queryTimeout = deadline
    // Ending a statement at the server would go through the proxy too, as a connection for which there is no plan.
    settings.cancellation = .close
    return settings
  }

  /// Runs one case, and returns whether the server had room for the connection.
  private func run(
    _ fault: FaultCase, _ proxy: FaultProxy, _ worker: Int, tag: String
  ) async throws -> Bool {
    proxy.setPlan(fault.plan)
    let transcript = Transcript()
    let tag = tag + "\(fault)"
    let settings = try await settings(
      proxy, worker: worker, deadline: fault.isSilent ? Self.deadline : .seconds(10))
    let opened = Opened()
    let start = ContinuousClock.now
    let ended = await outcome(within: Self.watchdog) { [self] in
      let connection = try await MySQLConnection.connect(settings)
      opened.connection.withLock { $0 = connection }
      opened.loginPackets.withLock {
        $0 = proxy.packetCount(from: .client, connection: proxy.connectionCount - 1)
      }
      try await scenario.work(connection, transcript, tag)
    }
    if case .failure(let error as MySQLError) = ended, error.server?.code == .tooManyConnections {
      return false
    }
    let end = ContinuousClock.now
    let taken = start.duration(to: end)
    note(fault, tag, ended, brokenAt: proxy.brokenAt(connection: proxy.connectionCount - 1), end: end)
    let sent = proxy.packetCount(from: .client, connection: proxy.connectionCount - 1)
    // A login may take more packets than another one: a server does not remember an account for ever.
    let login = opened.loginPackets.withLock(\.self)
    let check = calm.withLock {
      OutcomeCheck(
        fault: fault, expected: $0.transcript, transcript: transcript.all, outcome: ended, taken: taken,
        hasSentCommand: transcript.all.isEmpty && sent > (login ?? sent) + $0.setupPackets)
    }
    for complaint in check.complaints { Issue.record("\(scenario.name), \(fault): \(complaint)") }
    guard let connection = opened.connection.withLock({ $0 }) else { return true }
    let aftermath = await outcome(within: Self.watchdog) {
      for complaint in await check.complaintsOfAftermath(connection) {
        Issue.record("\(fault), afterwards: \(complaint)")
      }
      await connection.close()
    }
    if case .failure = aftermath { Issue.record("\(scenario.name), \(fault): it hangs afterwards") }
    return true
  }

  private func note(
    _ fault: FaultCase, _ tag: String, _ outcome: Result<Void, any Error>,
    brokenAt: ContinuousClock.Instant?, end: ContinuousClock.Instant
  ) {
    outcomes.withLock { outcomes in
      switch outcome {
      case .success: outcomes.done.insert(tag)
      case .failure(let error as MySQLError):
        if error.reach == .notSent { outcomes.notSent.insert(tag) }
        guard Sanitizer.current == nil, let brokenAt else { break }
        if brokenAt.duration(to: end) > Self.grace { outcomes.late.append(fault) }
      case .failure: break
      }
    }
  }

  private final class Opened: Sendable {
    let connection = Locked<MySQLConnection?>(nil)
    /// How many packets the client has sent until it was logged in.
    let loginPackets = Locked<Int?>(nil)
  }
}
