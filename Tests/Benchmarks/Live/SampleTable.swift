import MySQL

/// The million rows of W2.
struct SampleTable {
  static let query = "SELECT id, n, s, d, t, m FROM rows_of_six"

  private let connection: MySQLConnection

  init(_ connection: MySQLConnection) { self.connection = connection }

  func prepare() async throws {
    try await connection.execute("DROP TABLE IF EXISTS rows_of_six, digits")
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
      ORDER BY i
      """)
    try await connection.execute("DROP TABLE digits")
    for try await _ in try await connection.query("ANALYZE TABLE rows_of_six") {}
  }
}
