import MySQL

extension DemoServer {
  /// Returns how many sessions run a statement with this text.
  func count(_ text: String) async throws -> Int {
    try await MySQLConnection.with(configuration) { connection in
      try await connection.query("SHOW FULL PROCESSLIST").collect()
        .count { $0["Info"].map { String(decoding: $0.bytes, as: UTF8.self).contains(text) } ?? false }
    }
  }

  /// Waits until such a statement runs, or until none does, and returns whether that came.
  func wait(for text: String, toRun isRunning: Bool) async throws -> Bool {
    let start = ContinuousClock().now
    while ContinuousClock().now - start < .seconds(10) {
      if try await (count(text) > 0) == isRunning { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }
}
