import MySQL
import Testing

extension Live {
  /// The server's messages bring neither values nor passwords into logs.
  @Suite(.live) struct ErrorTextTests {
    @Test(arguments: LiveServer.all) func descriptionsShowNoValues(server: LiveServer) async throws {
      try await server.withSchema({ $0.initCommands = ["SET sql_mode = 'STRICT_ALL_TABLES'"] }) {
        connection, _ in
        try await connection.execute("CREATE TABLE t (n INT, v VARCHAR(40), UNIQUE KEY by_value (v))")
        let secret = "it's s3cret' for key 'x"
        try await connection.execute("INSERT INTO t (v) VALUES (\(secret))")
        for (query, code, shown) in [
          ("INSERT INTO t (v) VALUES (\(secret))", 1062, "by_value'"),
          ("INSERT INTO t (n) VALUES (\(secret))", 1366, "for column"),
          ("CREATE USER x IDENTIFIED BY WITH 's3cret' s3cret", 1064, "at line 1"),
          ("SET sql_mode = 's3cret'", 1231, "'…'"),
        ] as [(MySQLQuery, UInt16, String)] {
          let error = await #expect(throws: MySQLError.self) { try await connection.execute(query) }
          #expect(error?.server?.code.rawValue == code)
          #expect(error?.server?.message.contains("s3cret") == true)
          let description = error.map { "\($0)" } ?? ""
          #expect(!description.contains("s3cret") && description.contains(shown), "\(description)")
          #expect(description.hasPrefix("ERROR \(code) ("))
        }
      }
    }
  }
}
