import MySQL

/// W1 and W2: by text protocol.
struct TextSamples {
  let connection: MySQLConnection

  /// W1: a small query after another.
  func querySequentially(_ count: Int) async throws {
    var stopwatch = Stopwatch(count)
    var sum = 0
    for _ in 0..<count {
      for try await one in try await connection.query("SELECT 1").decode(Int.self) { sum += one }
      stopwatch.lap()
    }
    stopwatch.print(checksum: "\(sum)")
  }

  /// W2: many rows, streamed and decoded.
  func streamRows(_ sql: String) async throws {
    var checksum = SixColumns()
    let meter = Meter()
    try await checksum.add(connection.query(MySQLQuery(unsafe: sql)))
    meter.print(count: checksum.count, checksum: checksum.text)
  }
}
