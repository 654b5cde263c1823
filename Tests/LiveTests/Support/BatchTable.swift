import MySQL

/// A table `t` for batches.
enum BatchTable {
  static func with(
    _ server: LiveServer, _ change: (inout MySQLConfiguration) -> Void = { _ in },
    _ body: nonisolated(nonsending) (MySQLConnection) async throws -> Void
  ) async throws {
    try await server.withSchema {
      // Nothing between us and the server mixes up commands, in clear text or not.
      $0.pipelining = true
      change(&$0)
    } _: { connection, _ in
      try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(100), x DOUBLE)")
      try await body(connection)
    }
  }

  static func row(_ id: Int) -> (Int, String?, Double?) {
    (id, id % 3 == 0 ? nil : "row \(id)", id % 2 == 0 ? Double(id) / 8 : nil)
  }

  static let insert = "INSERT INTO t VALUES (?, ?, ?)" as MySQLQuery
}
