#if os(Linux)
  import MySQL
  import Testing

  extension Live {
    /// MySQL Router (9.7.4) mixes up commands that arrive together in clear text: for the rows 0 to 4 it
    /// executes 0, 2, 4, 4, 4, and reports success for each.
    @Suite(
      .live(
        if: Router.canStart, "there is no MySQL Router: MYSQL_TEST_OWN_SERVERS does not have the word router"),
      .tags(.ownServers)
    )
    struct RouterTests {
      @Test(arguments: LiveServer.all) func everyRowOfABatchIsStoredOnce(server: LiveServer) async throws {
        try await Router.with(server) { router in
          for route in Router.Route.allCases {
            for mode in [MySQLTLS.Mode.disabled, .preferred, .required] {
              if route == .disabled, mode == .required { continue }
              try await server.withSchema { direct, schema in
                try await direct.execute("CREATE TABLE t (id INT PRIMARY KEY, v INT)")
                var settings = try router.configuration(route, of: server, tls: mode)
                settings.database = schema
                let name = "\(route.rawValue), \(mode)"
                try await MySQLConnection.with(settings) { connection in
                  let insert = try await connection.executeBatch(
                    "INSERT INTO t VALUES (?, ?)", (0..<600).map { ($0, 0) })
                  #expect(insert.executedRows == 600 && insert.affectedRows == 600, "\(name)")
                  let update = try await connection.executeBatch(
                    "UPDATE t SET v = ? WHERE id = ?", (0..<600).map { ($0 + 1, $0) })
                  #expect(update.affectedRows == 600, "\(name)")
                }
                try await direct.expect("SELECT COUNT(*) FROM t WHERE v = id + 1", 600)
              }
            }
          }
        }
      }

      /// The reason that batches are not pipelined there. If this fails, the Router has been fixed.
      @Test(arguments: LiveServer.all)
      func commandsThatArriveTogetherAreMixedUp(server: LiveServer) async throws {
        try await Router.with(server) { router in
          try await server.withSchema { direct, schema in
            try await direct.execute("CREATE TABLE t (n INT)")
            var settings = try router.configuration(.passthrough, of: server, tls: .disabled)
            settings.database = schema
            settings.pipelining = true
            let connection = try await MySQLConnection.connect(settings)
            // MariaDB would execute INSERT … VALUES with one command.
            _ = try? await connection.executeBatch("INSERT INTO t SELECT ?", 0..<5)
            await connection.close()
            let sum = try await direct.value("SELECT CAST(SUM(n) AS SIGNED) FROM t", as: Int?.self)
            #expect(sum != 10)
          }
        }
      }
    }
  }
#endif
