import MySQL

/// What a load test has measured.
struct LoadReport {
  let server: String
  let statement: String
  let tasks: Int
  let connections: Int
  var seconds = 0.0
  /// Whether Ctrl-C ended it.
  var isInterrupted = false
  var latencies = LatencyHistogram()
  var failures = FailureTally()
  var unfinished = 0

  /// The number of successful statements per second.
  var rate: Double { seconds > 0 ? Double(latencies.count) / seconds : 0 }

  /// Whether nothing failed and at least one statement succeeded. If Ctrl-C ended the test, none has to.
  var isGood: Bool { failures.total == 0 && (latencies.count > 0 || isInterrupted) }

  static let percentiles: [(name: String, part: Double)] = [
    ("50", 0.5), ("90", 0.9), ("99", 0.99), ("99.9", 0.999), ("max", 1),
  ]

  mutating func add(_ outcome: LoadTask.Outcome) {
    latencies.merge(outcome.latencies)
    failures.merge(outcome.failures)
    unfinished += outcome.unfinished
  }
}
