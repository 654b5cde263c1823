import MySQL
import Testing

extension Live {
  @Suite(.live) struct LostCallTests {
    /// Errors that mean that the server has lost a statement, but that come from within a procedure.
    @Test(
      arguments: LiveServer.all,
      [
        "EXECUTE nosuch", "DEALLOCATE PREPARE nosuch",
        "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1615, MESSAGE_TEXT = 'x'",
        "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1243, MESSAGE_TEXT = 'x'",
      ])
    func aProcedureThatFailsIsCalledOnce(server: LiveServer, end: String) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (n INT)")
        try await connection.execute(
          "CREATE PROCEDURE p(x INT) BEGIN INSERT INTO t VALUES (x); \(unsafe: end); END")
        for count in 1...2 {
          let error = await #expect(throws: MySQLError.self) {
            try await connection.execute("CALL p(\(7))")
          }
          #expect([1243, 1615].contains(error?.server?.code.rawValue) && error?.retry == .never)
          try await connection.expect("SELECT COUNT(*) FROM t", count)
        }
      }
    }

    /// As above, but from a trigger: the SQLSTATE is not the server's own.
    @Test(arguments: LiveServer.all) func aTriggerThatFailsIsRunOnce(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (n INT) ENGINE = MyISAM")
        try await connection.execute("CREATE TABLE log (n INT) ENGINE = MyISAM")
        try await connection.execute(
          """
          CREATE TRIGGER stop BEFORE INSERT ON t FOR EACH ROW BEGIN
            INSERT INTO log VALUES (NEW.n);
            SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1615, MESSAGE_TEXT = 'x';
          END
          """)
        await #expect(throws: MySQLError.self) { try await connection.execute("INSERT INTO t VALUES (\(1))") }
        try await connection.expect("SELECT COUNT(*) FROM log", 1)
      }
    }
  }
}
