import MySQL
import Testing

/// What a task does when it is cancelled. Each is done with a number of its own.
enum CancelledWork: String, CaseIterable, Sendable, Codable {
  case text, prepared, rows, statement, batch, results, call, cursor, load, stream
  case transaction, isolation, retries
  case ping, reset, changeUser
  /// A client lends a connection.
  case session
  /// A client's only connection is in use.
  case waiting

  static let onConnections = allCases.filter { $0 != .session && $0 != .waiting }

  /// How many rows of its number are in the table `done` afterwards, if the work was not cancelled; nil if that varies.
  var doneRows: Int? {
    switch self {
    case .transaction, .isolation: 2
    case .retries: 1
    default: nil
    }
  }

  /// Creates the tables and procedures, and leaves a transaction open on the connection: only a session with the lowest
  /// isolation level sees its row.
  static func prepare(_ connection: MySQLConnection) async throws {
    try await connection.makeNumbers(1000)
    try await connection.execute("CREATE TABLE done (id INT, part INT) ENGINE = InnoDB")
    try await connection.execute("CREATE TABLE uncommitted (n INT) ENGINE = InnoDB")
    try await connection.execute(
      "CREATE PROCEDURE compute(IN a INT, OUT b INT) BEGIN SELECT a, SLEEP(0.001); SET b = a + 1; END")
    // The first attempt fails as in a deadlock.
    try await connection.execute(
      """
      CREATE TRIGGER refusal BEFORE INSERT ON done FOR EACH ROW
      IF NEW.part = 101 THEN SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'again'; END IF
      """)
    try await connection.execute("START TRANSACTION")
    try await connection.execute("INSERT INTO uncommitted VALUES (1)")
  }

  func run(_ number: Int, on client: MySQLClient) async throws {
    switch self {
    case .transaction: try await client.withTransaction { try await Self.insertTwice(number, $0) }
    case .isolation:
      try await client.withTransaction(isolation: .readUncommitted) { try await Self.insertTwice(number, $0) }
    case .retries:
      let attempts = Counter()
      try await client.withTransaction(retries: 3) { try await Self.insertAgain(number, attempts, $0) }
    case .session:
      try await client.withConnection { connection in
        try await connection.execute("SET @mine = \(number)")
        try await connection.expect("SELECT @mine, SLEEP(0.001)", number)
      }
    case .waiting: try await client.expect("SELECT \(number)", number)
    case .ping, .reset, .changeUser: try await client.withConnection { try await run(number, on: $0) }
    default: try await runStatement(number, on: client)
    }
  }

  func run(_ number: Int, on connection: MySQLConnection) async throws {
    switch self {
    case .transaction: try await connection.withTransaction { try await Self.insertTwice(number, $0) }
    case .isolation:
      try await connection.withTransaction(isolation: .readUncommitted) {
        try await Self.insertTwice(number, $0)
      }
    case .retries:
      let attempts = Counter()
      try await connection.withTransaction(retries: 3) { try await Self.insertAgain(number, attempts, $0) }
    case .ping: try await connection.ping()
    case .reset: try await connection.reset()
    case .changeUser:
      let settings = connection.configuration
      try await connection.changeUser(
        settings.user, password: settings.password, database: settings.database)
    default: try await runStatement(number, on: connection)
    }
  }

  private func runStatement(_ number: Int, on db: some MySQLQueryable) async throws {
    switch self {
    case .text: try await db.expect("SELECT \(unsafe: "\(number)"), SLEEP(0.002)", number)
    case .prepared: try await db.expect("SELECT \(number), SLEEP(0.002)", number)
    case .rows:
      let sum = try await Self.sum(db.query("SELECT n FROM numbers"))
      #expect(sum == 500_500)
    case .cursor:
      let sum = try await Self.sum(db.query("SELECT n FROM numbers WHERE n <= 20", fetchSize: 7))
      #expect(sum == 210)
    case .statement:
      try await db.withStatement("SELECT ?, SLEEP(0.001)") { statement in
        for value in [number, number + 1] {
          let row = try await statement.query(value).collect()[0]
          #expect(try row.decode(at: 0, as: Int.self) == value)
        }
      }
    case .batch:
      let done = try await db.executeBatch("INSERT INTO done VALUES (?, ?)", (0..<20).map { (number, $0) })
      #expect(done.executedRows == 20)
    case .results:
      var numbers: [Int] = []
      for try await part in try await db.results(of: "CALL compute(\(number), \(MySQLValue.null))") {
        guard case .rows(let rows) = part else { continue }
        numbers.append(try await rows.collect()[0].decode(at: 0, as: Int.self))
      }
      #expect(numbers == [number, number + 1])
    case .call:
      let call = try await db.call("CALL compute(\(number), \(MySQLValue.null))")
      #expect(call.results.count == 1)
      #expect(try call.output?.decode(Int.self) == number + 1)
    case .load:
      let loaded = try await db.execute(
        "LOAD DATA LOCAL INFILE 'any name' INTO TABLE done",
        options: .localInfile(.sequence(Self.pieces((1...3).map { "\(number)\t\($0)\n" }))))
      #expect(loaded.affectedRows == 3)
    case .stream:
      try await db.expect(
        "SELECT \(number), LENGTH(\(stream: .sequence(Self.pieces(["a", "bc", "def"]))))", number)
    default: Issue.record("\(rawValue) is not a statement")
    }
  }

  private static func sum(_ rows: MySQLRows) async throws -> Int {
    var sum = 0
    for try await n in rows.decode(Int.self) { sum += n }
    return sum
  }

  private static func pieces(_ texts: [String]) -> AsyncStream<[UInt8]> {
    AsyncStream { continuation in
      for text in texts { continuation.yield(Array(text.utf8)) }
      continuation.finish()
    }
  }

  private static func insertTwice(_ number: Int, _ transaction: MySQLTransaction) async throws {
    try await transaction.execute("INSERT INTO done VALUES (\(number), 0)")
    try await transaction.withTransaction { try await $0.execute("INSERT INTO done VALUES (\(number), 1)") }
  }

  private static func insertAgain(
    _ number: Int, _ attempts: Counter, _ transaction: MySQLTransaction
  ) async throws {
    attempts.add(1)
    try await transaction.execute("INSERT INTO done VALUES (\(number), \(100 + attempts.value))")
  }
}
