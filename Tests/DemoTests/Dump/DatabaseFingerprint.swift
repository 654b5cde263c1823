import MySQL

/// Everything that two copies of a database must have in common: the checksum of each table, and each definition.
/// A line that only one of two fingerprints has says what differs.
struct DatabaseFingerprint: Equatable {
  private(set) var lines: [String] = []

  static func of(_ database: String, on server: DemoServer) async throws -> Self {
    try await MySQLConnection.with(server.configuration) { connection in
      try await connection.useDatabase(database)
      var fingerprint = Self()
      try await fingerprint.addTables(of: database, connection)
      for query in queries {
        try await fingerprint.add(query.replacing("{database}", with: "'\(database)'"), connection)
      }
      // Some definitions name the database. MySQL shows a column's character set if the statement named it, and a
      // dump's statements name what was the table's before.
      fingerprint.lines = fingerprint.lines.map {
        $0.replacing(database, with: "{database}").replacing(/\ CHARACTER SET \w+ COLLATE/, with: " COLLATE")
      }
      return fingerprint
    }
  }

  private static let queries = [
    """
    SELECT 'trigger', TRIGGER_NAME, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER,
      ACTION_STATEMENT, DEFINER, SQL_MODE, CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION
    FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = {database} ORDER BY TRIGGER_NAME
    """,
    """
    SELECT 'routine', ROUTINE_TYPE, ROUTINE_NAME, ROUTINE_DEFINITION, DTD_IDENTIFIER, DEFINER, SQL_MODE,
      CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION
    FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = {database} ORDER BY ROUTINE_TYPE, ROUTINE_NAME
    """,
    """
    SELECT 'event', EVENT_NAME, EVENT_DEFINITION, INTERVAL_VALUE, INTERVAL_FIELD, STARTS, STATUS, TIME_ZONE, DEFINER,
      SQL_MODE, CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION, EVENT_COMMENT
    FROM information_schema.EVENTS WHERE EVENT_SCHEMA = {database} ORDER BY EVENT_NAME
    """,
    """
    SELECT 'view', TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, DEFINER, SECURITY_TYPE, CHARACTER_SET_CLIENT,
      COLLATION_CONNECTION FROM information_schema.VIEWS WHERE TABLE_SCHEMA = {database} ORDER BY TABLE_NAME
    """,
    """
    SELECT 'column', TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, EXTRA, CHARACTER_SET_NAME, COLLATION_NAME
    FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = {database} ORDER BY TABLE_NAME, ORDINAL_POSITION
    """,
  ]

  private mutating func addTables(of database: String, _ connection: MySQLConnection) async throws {
    let tables = try await connection.query(
      """
      SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES
      WHERE TABLE_SCHEMA = \(database) AND TABLE_TYPE <> 'VIEW' ORDER BY TABLE_NAME
      """
    ).collect().map { try $0.decode((String, String).self) }
    for (name, kind) in tables {
      try await add("SHOW CREATE TABLE `\(name.replacing("`", with: "``"))`", connection)
      switch kind {
      case "SEQUENCE": try await add("SELECT 'sequence', next_not_cached_value FROM `\(name)`", connection)
      // Their checksum includes the times of their versions.
      case "SYSTEM VERSIONED": try await add("SELECT 'versioned', a FROM `\(name)`", connection)
      default: try await add("CHECKSUM TABLE `\(name.replacing("`", with: "``"))`", connection)
      }
    }
  }

  private mutating func add(_ sql: String, _ connection: MySQLConnection) async throws {
    for row in try await connection.query(MySQLQuery(unsafe: sql)).collect() {
      lines.append(
        row.columns.indices.map { String(decoding: row[$0].bytes, as: UTF8.self) }.joined(separator: "|"))
    }
  }

  /// Returns the first lines that only one of the two has.
  func differences(from other: Self) -> String {
    let (own, others) = (Set(lines), Set(other.lines))
    let lost = other.lines.filter { !own.contains($0) }.prefix(5).map { "- \($0.prefix(600))" }
    let new = lines.filter { !others.contains($0) }.prefix(5).map { "+ \($0.prefix(600))" }
    return (lost + new).joined(separator: "\n")
  }
}
