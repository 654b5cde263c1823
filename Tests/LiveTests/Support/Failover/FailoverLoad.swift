import MySQL
import Testing

/// Tasks that each write rows, one after another, and read them back, through a client with several servers. A row has
/// the number of the server that wrote it.
struct FailoverLoad: Sendable {
  static let tasks = 16
  static let table = """
    CREATE TABLE app.rows_of_tasks (task INT, number INT, server INT, PRIMARY KEY (task, number)) ENGINE = InnoDB
    """

  let ledger: FailoverLedger
  private let client: MySQLClient
  private let workers: [Task<Void, Never>]

  init(on client: MySQLClient) {
    let ledger = FailoverLedger()
    self.ledger = ledger
    self.client = client
    workers = (0..<Self.tasks).map { task in Task { await Self.work(task, client, ledger) } }
  }

  private static func work(_ task: Int, _ client: MySQLClient, _ ledger: FailoverLedger) async {
    var number = 0
    var last = FailoverLedger.Write(task: task, number: 0)
    while !Task.isCancelled {
      number += 1
      let beginning = ContinuousClock.now
      do {
        try await client.execute("INSERT INTO rows_of_tasks VALUES (\(task), \(number), @@server_id)")
        last.number = number
        ledger.acknowledge(last, begunAt: beginning)
        let (newest, server) = try await client.read { connection in
          let rows = try await connection.query(
            "SELECT COALESCE(MAX(number), 0), @@server_id FROM rows_of_tasks WHERE task = \(task)")
          return try await rows.collect()[0].decode((Int, Int).self)
        }
        ledger.note(newest, readAt: server, after: last)
      } catch {
        if Task.isCancelled { return }
        ledger.note(error)
        try? await Task.sleep(for: .milliseconds(20))
      }
      // Fast enough to be in the middle of something at any moment, and slow enough for this machine's other work.
      try? await Task.sleep(for: .milliseconds(10))
    }
  }

  /// Waits until a write is acknowledged that began from now on, and expects that this takes less than a time.
  func expectProgress(
    within limit: Duration, after fault: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let start = ContinuousClock.now
    var hasProgress: Bool { ledger.lastBeginning.map { $0 > start } ?? false }
    while !hasProgress, start.duration(to: .now) < limit * 5 {
      try await Task.sleep(for: .milliseconds(10))
    }
    let taken = start.duration(to: .now)
    #expect(hasProgress && taken < limit, "\(fault): \(taken)", sourceLocation: sourceLocation)
  }

  /// Waits until a server is read from again, or written to, and expects that it is. A busy machine may keep a replica too
  /// late for that for a while.
  func expectReads(
    at server: Int, after event: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let (start, before) = (ContinuousClock.now, ledger.reads[server] ?? 0)
    var isRead: Bool {
      (ledger.reads[server] ?? 0) > before || client.serverStatus[server - 1].role == .primary
    }
    while !isRead, start.duration(to: .now) < .seconds(30) { try await Task.sleep(for: .milliseconds(10)) }
    #expect(
      isRead, "server \(server) is not read from \(event): \(ledger.reads)", sourceLocation: sourceLocation)
  }

  /// Ends the tasks, and returns when they have ended.
  func stop() async {
    for worker in workers { worker.cancel() }
    for worker in workers { await worker.value }
  }
}
