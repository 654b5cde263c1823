import MySQL
import Synchronization

/// One task of a load test: it runs the statement over and over, and notes by itself how that goes.
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
    /// How many statements had begun when the test was over, and were given up.
    var unfinished = 0
    /// When the last statement ended.
    var end: ContinuousClock.Instant?
  }

  /// - Parameters:
  ///   - number: The first number for the statement.
  ///   - step: How far it is to the next: the number of tasks, so that no two use the same.
  init(_ client: MySQLClient, _ statement: LoadStatement, number: Int, step: Int) {
    self.client = client
    self.statement = statement
    self.number = number
    self.step = step
  }

  /// How many statements have succeeded so far.
  var done: Int { doneCount.load(ordering: .relaxed) }

  /// How many have failed so far.
  var failed: Int { failedCount.load(ordering: .relaxed) }

  /// Lets the statement that runs be the last.
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
  /// Never negative.
  fileprivate var wholeNanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    return UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds)) / 1_000_000_000
  }
}
