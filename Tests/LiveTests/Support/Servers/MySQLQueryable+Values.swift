import MySQL
import Testing

extension MySQLQueryable {
  /// Returns the first cell of each row.
  func values<Value: MySQLDecodable>(
    _ query: MySQLQuery, as type: Value.Type = Value.self
  ) async throws -> [Value] {
    try await self.query(query).collect().map { try $0.decode(at: 0) }
  }

  /// Returns the first cell of the first row.
  func value<Value: MySQLDecodable>(
    _ query: MySQLQuery, as type: Value.Type = Value.self
  ) async throws -> Value {
    let all = try await values(query, as: type)
    return try #require(all.first)
  }

  /// Expects a value in the first cell of the first row.
  func expect<Value: MySQLDecodable & Equatable>(
    _ query: MySQLQuery, _ expected: Value, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let value = try await value(query, as: Value.self)
    #expect(value == expected, sourceLocation: sourceLocation)
  }

  /// Returns the session's number at the server.
  func connectionID() async throws -> Int { try await value("SELECT CONNECTION_ID()") }

  /// Returns a number that the server counts for all its clients.
  func globalStatus(_ name: String) async throws -> Int {
    let row = try await query("SHOW GLOBAL STATUS LIKE \(unsafe: "'\(name)'")").collect().first
    return try #require(row.flatMap { Int(try $0.decode(at: 1, as: String.self)) })
  }
}

extension MySQLConnection {
  /// Creates a table `numbers` with a column `n` from 1 to a number.
  func makeNumbers(_ count: Int) async throws {
    try await execute("CREATE TABLE numbers (n INT PRIMARY KEY)")
    try await execute("INSERT INTO numbers VALUES (1)")
    var size = 1
    while size < count {
      try await execute("INSERT INTO numbers SELECT n + \(unsafe: "\(size)") FROM numbers")
      size *= 2
    }
    try await execute("DELETE FROM numbers WHERE n > \(unsafe: "\(count)")")
  }
}
