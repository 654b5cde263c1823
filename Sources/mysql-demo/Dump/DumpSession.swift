import MySQL
import MySQLWire

/// The session that a dump reads from: one transaction, which sees one state of the database from the first table to
/// the last.
struct DumpSession {
  let connection: MySQLConnection
  private let interrupts: Interrupts

  /// The most bytes that a packet may have, at the server.
  private(set) var maxAllowedPacket = 1 << 20

  var isMariaDB: Bool { connection.server.isMariaDB }

  init(_ connection: MySQLConnection, _ interrupts: Interrupts) {
    self.connection = connection
    self.interrupts = interrupts
  }

  /// Prepares the session, and takes the snapshot.
  mutating func begin(lockingAllTables: Bool) async throws(DumpFailure) {
    for statement in Self.settings + (isMariaDB ? Self.settingsOfMariaDB : Self.settingsOfMySQL) {
      try await run(statement, for: "the session")
    }
    if lockingAllTables { try await run("FLUSH TABLES WITH READ LOCK", for: "the lock of all tables") }
    try await run("START TRANSACTION WITH CONSISTENT SNAPSHOT", for: "the snapshot")
    let size = try await rows(of: "SELECT @@max_allowed_packet", for: "the session").first?.text(0)
    maxAllowedPacket = size.flatMap { Int($0) } ?? maxAllowedPacket
  }

  private static let settings = [
    "SET NAMES utf8mb4", "SET SESSION sql_mode = ''", "SET SESSION time_zone = '+00:00'",
    "SET SESSION sql_quote_show_create = 1",
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SET SESSION sql_select_limit = DEFAULT",
    // The program that reads the dump may pause for a long time.
    "SET SESSION net_write_timeout = 31536000", "SET SESSION wait_timeout = 31536000",
  ]
  private static let settingsOfMariaDB = ["SET SESSION max_statement_time = 0"]
  private static let settingsOfMySQL = [
    "SET SESSION max_execution_time = 0", "SET SESSION information_schema_stats_expiry = 0",
    "SET SESSION print_identified_with_as_hex = 1",
  ]

  /// Releases the tables that were read so far, so that others may change their definitions. The snapshot stays.
  func releaseTables() async throws(DumpFailure) {
    try await run("ROLLBACK TO SAVEPOINT dump", for: "the snapshot")
  }

  /// Marks the state to which `releaseTables` returns.
  func markTables() async throws(DumpFailure) {
    try await run("SAVEPOINT dump", for: "the snapshot")
  }

  /// Runs a statement whose rows, if any, are not needed.
  func run(_ sql: String, for subject: String) async throws(DumpFailure) {
    _ = try await rows(of: sql, for: subject)
  }

  /// Returns all rows of a statement that has few.
  func rows(of sql: String, for subject: String) async throws(DumpFailure) -> [ShownRow] {
    var rows: [ShownRow] = []
    try await read(sql, for: subject) { part in
      if case .rows(let block) = part { for row in 0..<block.count { rows.append(ShownRow(block, row)) } }
    }
    return rows
  }

  /// Reads rows as they arrive.
  func read(
    _ sql: String, for subject: String, _ take: (MySQLAnswer.Part) throws(DumpFailure) -> Void
  ) async throws(DumpFailure) {
    if interrupts.isAsked { throw .stopped }
    let answer: MySQLAnswer
    do throws(MySQLError) {
      answer = try await connection.answer(to: Array(sql.utf8))
    } catch {
      throw failure(error, subject)
    }
    while true {
      let part: MySQLAnswer.Part?
      do throws(MySQLError) {
        part = try await answer.next()
      } catch {
        throw failure(error, subject)
      }
      guard let part else { return }
      if interrupts.isAsked { throw .stopped }
      try take(part)
    }
  }

  /// Runs the closure with results as the bytes that the server stores, not as utf8mb4. What SHOW CREATE says of a
  /// view, a trigger, a routine or an event is then in the character set in which it was created.
  func withStoredBytes<R>(
    _ body: () async throws(DumpFailure) -> R
  ) async throws(DumpFailure) -> R {
    try await run("SET SESSION character_set_results = 'binary'", for: "the session")
    let result = try await body()
    try await run("SET SESSION character_set_results = 'utf8mb4'", for: "the session")
    return result
  }

  private func failure(_ error: MySQLError, _ subject: String) -> DumpFailure {
    interrupts.isAsked ? .stopped : .server(error, subject)
  }
}
