import MySQL
import Synchronization

/// One task of a load test: it runs the statement again and again, and records the results itself.
final class LoadTask: Sendable {
  private let client: MySQLClient
  private let statement: LoadStatement
  private let number: Int
  private let step: Int
  // Only the task writes these.
  private let doneCount = Atomic(0)
  private let failedCount = Atomic(0)
  private let isAsked = Atomic(false)

  struct Outcome: Sendable {
    var latencies = LatencyHistogram()
    var failures = FailureTally()
    /// The number of statements that had begun when the test was over, and were abandoned.
    var unfinished = 0
    /// The time at which the last statement ended.
    var end: ContinuousClock.Instant?
  }

  /// - Parameters:
  ///   - number: The first number for the statement.
  ///   - step: The distance to the next number: the number of tasks, so that no two use the same.
  init(_ client: MySQLClient, _ statement: LoadStatement, number: Int, step: Int) {
    self.client = client
    self.statement = statement
    self.number = number
    self.step = step
  }

  /// The number of statements that have succeeded so far.
  var done: Int { doneCount.load(ordering: .relaxed) }

  /// The number of statements that have failed so far.
  var failed: Int { failedCount.load(ordering: .relaxed) }

  /// Stops the task after the current statement.
  func stop() { isAsked.store(true, ordering: .relaxed) }

  func run() async -> Outcome {
    var outcome = Outcome()
    var number = number
    var begin = ContinuousClock.now
    while !isAsked.load(ordering: .relaxed) {
      do throws(MySQLError) {
        try await client.execute(statement.query(number))
        let end = ContinuousClock.now
        outcome.latencies.note(begin.duration(to: end).wholeNanoseconds)
        doneCount.store(done + 1, ordering: .relaxed)
        begin = end
      } catch {
        if Task.isCancelled {
          outcome.unfinished = 1
          return outcome
        }
        outcome.failures.note(error)
        failedCount.store(failed + 1, ordering: .relaxed)
        begin = .now
      }
      outcome.end = begin
      number &+= step
    }
    return outcome
  }
}

extension Duration {
  /// The duration in nanoseconds, never negative.
  fileprivate var wholeNanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    return UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds)) / 1_000_000_000
  }
}
