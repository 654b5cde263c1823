import MySQL
import Testing

/// What a scenario has learned so far, in order.
final class Transcript: Sendable {
  private let lines = Locked<[String]>([])
  func note(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}

/// Some work on one connection that comes out the same every time, unless the network breaks.
struct Scenario: Sendable, CustomTestStringConvertible {
  let name: String
  var login = Login.root
  var change: @Sendable (inout MySQLConfiguration) -> Void = { _ in }
  /// The table that it writes to, with the tag in each row.
  var table: String?
  /// The work after connecting. The tag names the case.
  var work: @Sendable (MySQLConnection, Transcript, _ tag: String) async throws -> Void

  enum Login: Sendable {
    case root
    /// With a password that the server has seen before.
    case known
    /// With a password for the first time: MySQL then wants the whole password.
    case first
    /// With a method that the server asks for after the login.
    case byAnotherMethod
  }

  var testDescription: String { name }

  static let all = [
    Scenario(name: "login", login: .known) { _, transcript, _ in transcript.note("in") },
    Scenario(name: "first login", login: .first) { _, transcript, _ in transcript.note("in") },
    Scenario(name: "login over TLS", login: .known, change: { $0.tls.mode = .required }) { _, transcript, _ in
      transcript.note("in")
    },
    Scenario(name: "first login over TLS", login: .first, change: { $0.tls.mode = .required }) {
      _, transcript, _ in
      transcript.note("in")
    },
    Scenario(name: "another method", login: .byAnotherMethod) { _, transcript, _ in transcript.note("in") },
    Scenario(name: "one row") { connection, transcript, _ in
      try await read(connection.query("SELECT 1 AS a, 'text' AS b, NULL AS c"), transcript)
    },
    twoHundredRows(name: "200 rows"),
    twoHundredRows(name: "200 rows over TLS") { $0.tls.mode = .required },
    Scenario(name: "transaction", table: "ledger") { connection, transcript, tag in
      try await connection.execute("START TRANSACTION")
      transcript.note("begun, \(connection.isInTransaction)")
      for number in 1...insertedRows {
        let result = try await connection.execute("INSERT INTO ledger VALUES (\(tag), \(number))")
        transcript.note("inserted \(result.affectedRows), \(connection.isInTransaction)")
      }
      try await connection.execute("COMMIT")
      transcript.note("committed, \(connection.isInTransaction)")
    },
    Scenario(name: "several results", change: { $0.allowsMultipleStatements = true }) {
      connection, transcript, _ in
      let text: MySQLQuery = "SELECT 1; DO 1; SELECT 2 UNION ALL SELECT 3; SELECT * FROM no_such_table"
      do {
        for try await part in try await connection.results(of: text) {
          switch part {
          case .rows(let rows): try await read(rows, transcript)
          case .done(let result): transcript.note("done \(result.affectedRows)")
          }
        }
      } catch let error as MySQLError where error.kind == .server {
        transcript.note("error \(error.server?.code.rawValue ?? 0)")
      }
    },
    Scenario(name: "local infile", change: { $0.allowsLocalInfile = true }, table: "loaded") {
      connection, transcript, tag in
      let pieces = AsyncStream<[UInt8]> { continuation in
        for piece in 0..<4 {
          continuation.yield((0..<loadedRows / 4).flatMap { Array("\(piece * 100 + $0)\n".utf8) })
        }
        continuation.finish()
      }
      let result = try await connection.execute(
        "LOAD DATA LOCAL INFILE 'numbers' INTO TABLE loaded (n) SET tag = '\(unsafe: tag)'",
        options: .localInfile(.sequence(pieces)))
      transcript.note("loaded \(result.affectedRows)")
    },
    Scenario(name: "commands") { connection, transcript, _ in
      try await connection.ping()
      transcript.note("ping")
      try await connection.useDatabase("mysql")
      transcript.note("use")
      try await connection.reset()
      transcript.note("reset")
      let settings = connection.configuration
      try await connection.changeUser(settings.user, password: settings.password, database: settings.database)
      transcript.note("change user")
    },
    Scenario(name: "statements") { connection, transcript, _ in
      for number in 1...2 {
        try await read(connection.query("SELECT \(number) + 0 AS a, \("text") AS b"), transcript)
      }
      do {
        try await connection.execute("SELECT no_such_column, \(1)")
      } catch let error as MySQLError where error.kind == .server {
        transcript.note("error \(error.server?.code.rawValue ?? 0)")
      }
      let text = "SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 3"
      try await read(connection.query("\(unsafe: text)", fetchSize: 2), transcript)
      try await read(connection.query("SELECT LENGTH(\(stream: .bytes([1, 2, 3])))"), transcript)
    },
    Scenario(name: "batch") { connection, transcript, _ in
      try await connection.execute("CREATE TEMPORARY TABLE mysql.batch (n INT PRIMARY KEY, v CHAR(9))")
      transcript.note("created")
      let rows = (0..<20).map { ($0, "\($0)") }
      let result = try await connection.executeBatch("INSERT INTO mysql.batch VALUES (?, ?)", rows)
      transcript.note("inserted \(result.executedRows), \(result.affectedRows)")
      do {
        try await connection.executeBatch("INSERT INTO mysql.batch VALUES (?, ?)", [(20, "x"), (5, "y")])
      } catch let error as MySQLError where error.kind == .server {
        transcript.note("row \(error.batch?.failedRows ?? 0..<0) failed")
      }
    },
    Scenario(name: "close") { connection, transcript, _ in
      try await connection.ping()
      transcript.note("ping")
      await connection.close()
      transcript.note("closed")
    },
  ]

  /// Returns a scenario whose rows take more than one of the 16 KiB pieces in which servers send.
  private static func twoHundredRows(
    name: String, change: @escaping @Sendable (inout MySQLConfiguration) -> Void = { _ in }
  ) -> Scenario {
    Scenario(name: name, change: change) { connection, transcript, _ in
      try await read(
        connection.query(
          """
          WITH RECURSIVE n AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM n WHERE a < 200)
          SELECT a, REPEAT('x', 200) FROM n
          """), transcript)
    }
  }

  static let loadedRows = 40
  static let insertedRows = 2

  private static func read(_ rows: MySQLRows, _ transcript: Transcript) async throws {
    transcript.note("columns \(rows.columns.map(\.name))")
    for try await row in rows {
      transcript.note("\(try (0..<row.count).map { try row.decode(at: $0, as: String?.self) })")
    }
    transcript.note("end of rows, \(rows.result?.warningCount ?? -1) warnings")
  }
}
