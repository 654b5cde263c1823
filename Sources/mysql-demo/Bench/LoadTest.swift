import MySQL

/// `mysql-demo bench`: many tasks run a statement on one pool for a while.
struct LoadTest {
  private let arguments: Arguments
  private let settings: MySQLConfiguration
  private let output: OutputBuffer
  private let interrupts: Interrupts
  /// How long statements that are running at the end may still take.
  private static let grace = Duration.seconds(1)

  init(
    _ arguments: Arguments, _ settings: MySQLConfiguration, _ output: OutputBuffer, _ interrupts: Interrupts
  ) {
    self.arguments = arguments
    self.output = output
    self.interrupts = interrupts
    var settings = settings
    if let connections = arguments.load.connections { settings.maxConnections = connections }
    // No more connections are used at a time. They are opened before the measurement begins.
    settings.minConnections = min(settings.maxConnections, arguments.load.tasks)
    settings.allowsMultipleStatements = false
    self.settings = settings
  }

  func run() async -> Int32 {
    if let format = arguments.format, format != .json {
      StandardError.print("\(ArgumentError.program): bench has no other --format than json")
      return 1
    }
    let client: MySQLClient
    let server: MySQLServerInfo
    do throws(MySQLError) {
      client = try MySQLClient(settings, observer: arguments.observer)
      let wait = ServerWait(settings, seconds: arguments.waitingTime)
      let connection = try await wait.connect(arguments.observer)
      server = connection.server
      await connection.close()
    } catch {
      StandardError.print(Failure(connecting: error, to: settings.endpoints).text)
      return 1
    }
    interrupts.begin()
    let statement = LoadStatement(
      arguments.statements.map { String(decoding: $0, as: UTF8.self) } ?? "SELECT 1")
    var report = LoadReport(
      server: "\(server.isMariaDB ? "MariaDB" : "MySQL") \(server.version) at \(server.endpoint)",
      statement: statement.text, tasks: arguments.load.tasks, connections: settings.maxConnections)
    let running = Task { await client.run() }
    await measure(client, statement, &report)
    running.cancel()
    await running.value
    if arguments.format == .json { report.writeJSON(to: output) } else { report.write(to: output) }
    return output.end(status: report.isGood ? 0 : 1)
  }

  private func measure(
    _ client: MySQLClient, _ statement: LoadStatement, _ report: inout LoadReport
  ) async {
    var line = StatusLine()
    await openAll(client, &line)
    let count = arguments.load.tasks
    let tasks = (1...count).map { LoadTask(client, statement, number: $0, step: count) }
    let start = ContinuousClock.now
    let work = Task.detached {
      await withTaskGroup { group in
        for task in tasks { group.addTask { await task.run() } }
        return await group.reduce(into: [LoadTask.Outcome]()) { $0.append($1) }
      }
    }
    await watch(tasks, since: start, &line)
    for task in tasks { task.stop() }
    let cancelling = Task.detached {
      try await Task.sleep(for: Self.grace)
      work.cancel()
    }
    let outcomes = await work.value
    cancelling.cancel()
    for outcome in outcomes { report.add(outcome) }
    report.seconds = start.duration(to: outcomes.compactMap(\.end).max() ?? .now).asSeconds
    report.isInterrupted = interrupts.isAsked
  }

  /// Waits until as many connections are open as the tasks use, as far as the server allows.
  private func openAll(_ client: MySQLClient, _ line: inout StatusLine) async {
    let wanted = settings.minConnections
    let end = ContinuousClock.now + .seconds(5)
    while client.status.open < wanted, ContinuousClock.now < end, !interrupts.isAsked {
      line.show("Opening \(wanted) connections: \(client.status.open)")
      try? await Task.sleep(for: .milliseconds(10))
    }
  }

  /// Shows the progress of the test until it is over.
  private func watch(
    _ tasks: [LoadTask], since start: ContinuousClock.Instant, _ line: inout StatusLine
  ) async {
    let end = start + .seconds(arguments.load.seconds)
    var (before, then) = (0, start)
    var rate = 0.0
    while !interrupts.isAsked {
      let now = ContinuousClock.now
      guard now < end else { return }
      if then.duration(to: now) >= .milliseconds(500) {
        let done = tasks.reduce(0) { $0 + $1.done }
        rate = Double(done - before) / then.duration(to: now).asSeconds
        (before, then) = (done, now)
        let failed = tasks.reduce(0) { $0 + $1.failed }
        let left = Int(now.duration(to: end).asSeconds.rounded(.up))
        line.show("\(Int(rate)) statements a second, \(failed) errors, \(left) s left")
      }
      try? await Task.sleep(for: min(.milliseconds(50), now.duration(to: end)))
    }
  }
}

extension Duration {
  fileprivate var asSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
