import MySQL

/// A table `t` that files are loaded into.
enum LoadedTable {
  static let load = "LOAD DATA LOCAL INFILE 'any name' INTO TABLE t" as MySQLQuery

  static func with(
    _ server: LiveServer, _ body: nonisolated(nonsending) (MySQLConnection) async throws -> Void
  ) async throws {
    try await server.withSchema {
      $0.allowsLocalInfile = true
      $0.allowsMultipleStatements = true
    } _: { connection, _ in
      try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(200))")
      try await body(connection)
    }
  }
}
