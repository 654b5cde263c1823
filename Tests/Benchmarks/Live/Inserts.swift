import MySQL

/// W8: rows inserted in a transaction.
struct Inserts {
  let connection: MySQLConnection

  private static let insertion: MySQLQuery = "INSERT INTO inserted VALUES (?, ?, ?)"

  /// W8a: one execution for each row, of a statement that is prepared once.
  func oneByOne(_ count: Int) async throws -> Measurement {
    try await measure(count) {
      try await connection.withStatement(Self.insertion) { statement in
        for id in 1...count { try await statement.execute(id, id % 1000, "name \(id)") }
      }
    }
  }

  /// W8b: a thousand rows in one statement, as text.
  func thousands(_ count: Int) async throws -> Measurement {
    try await measure(count) {
      for first in stride(from: 1, through: count, by: 1000) {
        let rows = (first...min(first + 999, count)).map { "(\($0),\($0 % 1000),'name \($0)')" }
        try await connection.execute("INSERT INTO inserted VALUES \(unsafe: rows.joined(separator: ","))")
      }
    }
  }

  /// W8c: as one batch.
  func batch(_ count: Int) async throws -> Measurement {
    try await measure(count) {
      try await connection.executeBatch(
        Self.insertion, (1...count).lazy.map { ($0, $0 % 1000, "name \($0)") })
    }
  }

  private func measure(
    _ count: Int, _ body: nonisolated(nonsending) () async throws -> Void
  ) async throws -> Measurement {
    try await connection.execute("TRUNCATE TABLE inserted")
    let meter = Meter()
    try await connection.execute("START TRANSACTION")
    try await body()
    try await connection.execute("COMMIT")
    var measurement = meter.stop(count: count, checksum: "")
    measurement.checksum = try await insertedChecksum()
    return measurement
  }

  private func insertedChecksum() async throws -> String {
    let rows = try await connection.query(
      "SELECT CONCAT(COUNT(*), '/', SUM(id + n + LENGTH(name))) FROM inserted")
    return try await rows.collect()[0].decode(String.self)
  }
}
