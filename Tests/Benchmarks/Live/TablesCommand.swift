import Foundation
import MySQL

/// `tables make [ROWS]` creates the database BENCH_DATABASE with what the workloads read, and prints the
/// server's kind and version; `tables drop` drops it.
struct TablesCommand {
  private enum Action {
    case make(rows: Int)
    case drop
  }
  private let action: Action

  init(_ words: ArraySlice<String>) throws {
    let words = Array(words)
    switch words.first {
    case "make" where words.count == 1: action = .make(rows: 1_000_000)
    case "make" where words.count == 2 && (1...1_000_000).contains(Int(words[1]) ?? 0):
      action = .make(rows: Int(words[1]) ?? 0)
    case "drop" where words.count == 1: action = .drop
    default: throw BenchmarkError("tables takes `make [ROWS]`, of at most a million, or `drop`")
    }
  }

  func run() async throws {
    var settings = try BenchmarkServer.configuration()
    guard let database = settings.database else { throw BenchmarkError("BENCH_DATABASE is not set") }
    settings.database = nil
    try await MySQLConnection.with(settings) { connection in
      try await connection.execute("DROP DATABASE IF EXISTS \(identifier: database)")
      guard case .make(let rows) = action else { return }
      try await connection.execute("CREATE DATABASE \(identifier: database)")
      try await connection.useDatabase(database)
      try await make(rows, on: connection)
      print("kind=\(connection.server.isMariaDB ? "mariadb" : "mysql") version=\(connection.server.version)")
    }
  }

  private func make(_ rows: Int, on connection: MySQLConnection) async throws {
    try await connection.execute(
      """
      CREATE TABLE rows_of_six (
        id BIGINT NOT NULL PRIMARY KEY, n INT NOT NULL, s VARCHAR(20) NOT NULL, d DOUBLE NOT NULL,
        t DATETIME NOT NULL, m DECIMAL(12,2) NOT NULL) ENGINE=InnoDB
      """)
    try await connection.execute("CREATE TABLE digits (d INT NOT NULL PRIMARY KEY)")
    try await connection.execute("INSERT INTO digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)")
    // A square root has all the 15 to 17 digits that a DOUBLE can need.
    try await connection.execute(
      """
      INSERT INTO rows_of_six
      SELECT i, i % 1000, CONCAT('row ', 1000000000000000 + i), SQRT(i + 0.5),
        '2000-01-01' + INTERVAL i * 797 SECOND, (i * 7919 % 999999999999 - 4000000000) / 100
      FROM (
        SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d AS i
        FROM digits a, digits b, digits c, digits e, digits f, digits g) AS numbers
      WHERE i <= \(unsafe: "\(rows)") ORDER BY i
      """)
    for try await _ in try await connection.query("ANALYZE TABLE rows_of_six") {}
    try await connection.execute("CREATE TABLE inserted (id BIGINT PRIMARY KEY, n INT, name VARCHAR(20))")
    try await connection.execute("CREATE TABLE cells (id INT NOT NULL PRIMARY KEY, data LONGBLOB NOT NULL)")
    // Fewer rows serve to count the cost of a query, which reads no large cells.
    guard rows == 1_000_000 else { return }
    for size in Cells.Size.allCases {
      // A pattern of thirteen bytes, so that pages begin with different bytes.
      try await connection.execute(
        """
        INSERT INTO cells VALUES (
          \(unsafe: "\(size.mebibytes)"), LEFT(REPEAT('0123456789abc', 5162221), \(unsafe: "\(size.mebibytes << 20)")))
        """)
    }
  }
}
