import MySQL

/// W3, W4 and W8a: by prepared statements.
struct PreparedSamples {
  let connection: MySQLConnection

  /// W3: the rows of W2.
  func streamRows(_ sql: String) async throws {
    var checksum = SixColumns()
    let meter = Meter()
    try await checksum.add(connection.query(MySQLQuery(unsafe: sql), prepared: true))
    meter.print(count: checksum.count, checksum: checksum.text)
  }

  /// W4: a row by its key, after another.
  func selectSequentially(_ count: Int) async throws {
    var stopwatch = Stopwatch(count)
    var sum = 0
    for id in 1...count {
      let rows = try await connection.query("SELECT n, s FROM rows_of_six WHERE id = \(id)")
      for try await (n, s) in rows.decode((Int, String).self) { sum += n + s.utf8.count }
      stopwatch.lap()
    }
    stopwatch.print(checksum: "\(sum)")
  }

  /// W8a: rows inserted in a transaction, one statement each.
  func insertSequentially(_ count: Int) async throws {
    try await insert(count) {
      try await connection.withStatement(Self.insertion) { statement in
        for id in 1...count { try await statement.execute(id, id % 1000, "name \(id)") }
      }
    }
  }

  /// W8a: the same rows as one batch.
  func insertBatch(_ count: Int) async throws {
    try await insert(count) {
      try await connection.executeBatch(
        Self.insertion, (1...count).lazy.map { ($0, $0 % 1000, "name \($0)") })
    }
  }

  private static let insertion: MySQLQuery = "INSERT INTO inserted VALUES (?, ?, ?)"

  private func insert(_ count: Int, _ body: nonisolated(nonsending) () async throws -> Void) async throws {
    try await connection.execute("DROP TABLE IF EXISTS inserted")
    try await connection.execute("CREATE TABLE inserted (id BIGINT PRIMARY KEY, n INT, name VARCHAR(20))")
    let meter = Meter()
    try await connection.execute("START TRANSACTION")
    try await body()
    try await connection.execute("COMMIT")
    let measured = meter.stop()
    let rows = try await connection.query(
      "SELECT CONCAT(COUNT(*), '/', SUM(id + n + LENGTH(name))) FROM inserted")
    measured.print(count: count, checksum: try await rows.collect()[0].decode(String.self))
  }
}
