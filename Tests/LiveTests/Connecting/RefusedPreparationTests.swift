#if os(Linux)
  import MySQL
  import Testing

  extension Live.OverburdenedServerTests {
    /// After a refused preparation, MariaDB (10.11) still takes the statement before it for the last prepared one.
    @Test(arguments: OwnServer.kinds)
    func aPreparationThatIsRefusedExecutesNothingElse(kind: OwnServer.Kind) async throws {
      let server = try OwnServers.running(kind)
      try await server.withAdministrator { administrator in
        try await administrator.execute("CREATE DATABASE refused")
        try await administrator.execute("CREATE TABLE refused.accounts (id INT PRIMARY KEY)")
        try await administrator.execute("INSERT INTO refused.accounts VALUES (1), (2), (3)")
        try await administrator.execute("CREATE TABLE refused.log (id INT)")
        try await server.withAdministrator { connection in
          try await connection.execute("DELETE FROM refused.accounts WHERE id = \(999)")
          let before = try await administrator.value("SELECT @@max_prepared_stmt_count", as: Int.self)
          let prepared = try await administrator.globalStatus("Prepared_stmt_count")
          try await administrator.execute("SET GLOBAL max_prepared_stmt_count = \(unsafe: "\(prepared)")")
          let error = await #expect(throws: MySQLError.self) {
            try await connection.execute("INSERT INTO refused.log VALUES (\(2))")
          }
          #expect(error?.server?.code.rawValue == 1461)
          try await administrator.execute("SET GLOBAL max_prepared_stmt_count = \(unsafe: "\(before)")")
          try await connection.expect("SELECT GROUP_CONCAT(id ORDER BY id) FROM refused.accounts", "1,2,3")
          try await connection.execute("INSERT INTO refused.log VALUES (\(2))")
          try await connection.expect("SELECT COUNT(*) FROM refused.log", 1)
        }
        try await administrator.execute("DROP DATABASE refused")
      }
    }
  }
#endif
