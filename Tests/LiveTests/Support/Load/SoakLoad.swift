import MySQL
import MySQLTesting
import Testing

/// Everything that a program does with a client, in tasks, while its server crashes now and then. Each answer is the one
/// to its own statement, and only a crash explains that a connection is lost.
final class SoakLoad: Sendable {
  /// The answers that were right.
  let answers = Counter()
  private let client: MySQLClient
  private let outage: Outage

  /// At least as many as there are statements with values here.
  static let preparedTexts = 10

  init(_ client: MySQLClient, _ outage: Outage) {
    self.client = client
    self.outage = outage
  }

  func work(_ task: Int, until end: ContinuousClock.Instant) async {
    var random = SeededGenerator(seed: UInt64(task))
    while ContinuousClock.now < end, !Task.isCancelled {
      let nonce = Int.random(in: 0..<1_000_000_000, using: &random)
      let start = ContinuousClock.now
      do {
        try await step(nonce, task)
      } catch {
        if !Task.isCancelled { #expect(isExplained(error, since: start), "\(error)") }
      }
      // Other suites run at the same time.
      try? await Task.sleep(for: .milliseconds(nonce % 400))
    }
  }

  private func isExplained(_ error: any Error, since start: ContinuousClock.Instant) -> Bool {
    guard let error = error as? MySQLError else { return false }
    if error.kind == .timeout || error.kind == .cancelled || error.server?.code == .lockDeadlock {
      return true
    }
    let ofCrashes: [MySQLError.Kind] = [
      .connectionLost, .connectionClosed, .connectionRefused, .commitUnknown,
    ]
    return outage.explainsFailure(since: start)
      && (ofCrashes.contains(error.kind) || error.server?.code == .serverShutdown)
  }

  private func step(_ nonce: Int, _ task: Int) async throws {
    switch nonce % 6 {
    case 0: try await query(nonce)
    case 1: try await transaction(nonce, task)
    case 2: try await cancelled(nonce, after: .microseconds(nonce % 3000))
    case 3: _ = try await client.query("SELECT REPEAT('x', 100000), \(nonce) UNION SELECT 2, 3")
    case 4: try await client.execute("DO SLEEP(1)", timeout: .milliseconds(5))
    default:
      try await client.withConnection { connection in
        try await connection.execute("SET @left = \(nonce)")
        try await connection.expect("SELECT @left", nonce)
      }
    }
  }

  private func query(_ nonce: Int) async throws {
    let (answer, left) = try await client.query("SELECT \(nonce), @left").collect()[0].decode(
      (Int, Int?).self)
    #expect(answer == nonce && left == nil)
    answers.add(1)
  }

  private func transaction(_ nonce: Int, _ task: Int) async throws {
    try await client.withTransaction(retries: 3) { transaction in
      try await transaction.execute("REPLACE INTO t VALUES (\(nonce % 1000), \(task))")
      let row = try await transaction.query("SELECT task FROM t WHERE id = \(nonce % 1000)").collect()[0]
      #expect(try row.decode(Int.self) == task)
    }
  }

  private func cancelled(_ nonce: Int, after time: Duration) async throws {
    let task = Task {
      try await client.query("SELECT \(nonce), SLEEP(0.001)").collect()[0].decode(at: 0, as: Int.self)
    }
    try await Task.sleep(for: time)
    task.cancel()
    #expect(try await task.value == nonce)
  }
}
