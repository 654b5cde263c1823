import MySQL
import Testing

/// Tasks that each insert one row after another into the table `t` of a client's database.
struct InsertLoad: Sendable {
  let ledger: Ledger
  private let client: MySQLClient
  private let state: Locked<State>
  private let workers: [Task<Void, Never>]

  private struct State: Sendable {
    var isPaused = false
    var isOver = false
    var callers = 0
  }

  /// Starts the tasks. Each call may take as long as `timeout`.
  init(tasks: Int, on client: MySQLClient, timeout: Duration? = nil, _ ledger: Ledger = Ledger()) {
    let state = Locked(State())
    self.ledger = ledger
    self.client = client
    self.state = state
    workers = (0..<tasks).map { worker in
      Task { await Self.insert(after: worker * 1_000_000, on: client, timeout, state, ledger) }
    }
  }

  private static func insert(
    after first: Int, on client: MySQLClient, _ timeout: Duration?, _ state: Locked<State>, _ ledger: Ledger
  ) async {
    var id = first
    while !Task.isCancelled {
      let (mayCall, isOver) = state.withLock { state in
        let mayCall = !state.isPaused && !state.isOver
        if mayCall { state.callers += 1 }
        return (mayCall, state.isOver)
      }
      if isOver { return }
      guard mayCall else {
        try? await Task.sleep(for: .milliseconds(5))
        continue
      }
      id += 1
      let start = ContinuousClock.now
      var hasFailed = false
      do {
        try await client.execute("INSERT INTO t VALUES (\(id))", timeout: timeout)
        ledger.acknowledge(id)
      } catch {
        hasFailed = true
        ledger.note(error, after: start.duration(to: .now))
      }
      state.withLock { $0.callers -= 1 }
      if hasFailed { try? await Task.sleep(for: .milliseconds(20)) }
    }
  }

  /// How many tasks wait for the end of a call.
  var callers: Int { state.withLock { $0.callers } }

  /// Lets no further call begin.
  func pause() { state.withLock { $0.isPaused = true } }

  func goOn() { state.withLock { $0.isPaused = false } }

  /// Waits until a row is inserted, and expects that this takes less than a time.
  func expectProgress(
    within limit: Duration, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    ledger.forgetProgress()
    let start = ContinuousClock.now
    while !ledger.hasProgress, start.duration(to: .now) < limit * 5 {
      try await Task.sleep(for: .milliseconds(10))
    }
    let taken = start.duration(to: .now)
    #expect(ledger.hasProgress && taken < limit, "\(taken)", sourceLocation: sourceLocation)
  }

  /// Ends the tasks. Each had only errors that are explained, and each row that was acknowledged is stored.
  func expectNothingLost(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    state.withLock { $0.isOver = true }
    await withTaskCancellationHandler {
      for worker in workers { await worker.value }
    } onCancel: {
      for worker in workers { worker.cancel() }
    }
    #expect(ledger.strange.isEmpty, "\(ledger.strange.prefix(5))", sourceLocation: sourceLocation)
    // A statement that was given up is ended at the server before its connection comes back.
    for _ in 0..<100 where client.status.leased > 0 { try await Task.sleep(for: .milliseconds(100)) }
    #expect(client.status.leased == 0 && client.status.waiting == 0, sourceLocation: sourceLocation)
    let present = Set(try await client.values("SELECT id FROM t", as: Int.self))
    #expect(ledger.acknowledged.subtracting(present).isEmpty, sourceLocation: sourceLocation)
  }
}
