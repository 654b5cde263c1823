import MySQL
import Testing

extension Live {
  @Suite(.live) struct QueryAttributeTests {
    @Test(arguments: LiveServer.all) func attributesGoAlong(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let attributes: MySQLQuery.Attributes = [
          "traceparent": "00-4bf9-01", "attempt": 3, "none": Int?.none,
        ]
        guard !connection.server.isMariaDB else {
          // MariaDB has no query attributes, and the statements run as usual.
          for query: MySQLQuery in ["SELECT 1", "SELECT \(1) + 0"] {
            let row = try await connection.query(query, options: .attributes(attributes)).collect().first
            #expect(try row?.decode(Int.self) == 1)
          }
          return
        }
        let component = "file://component_query_attributes" as MySQLQuery
        try await connection.execute("INSTALL COMPONENT '\(unsafe: component.sql)'")
        let read = "mysql_query_attribute_string"
        let columns =
          "\(read)('traceparent') AS a, \(read)('attempt') AS b, \(read)('none') AS c, \(read)('other') AS d"
        for query: MySQLQuery in ["SELECT \(unsafe: columns)", "SELECT \(unsafe: columns), \(7) + 0"] {
          for _ in 0..<2 {
            let row = try #require(
              try await connection.query(query, options: .attributes(attributes)).collect().first)
            let values = try (0..<4).map { try row.decode(at: $0, as: String?.self) }
            #expect(values == ["00-4bf9-01", "3", nil, nil])
          }
        }
        try await connection.execute("UNINSTALL COMPONENT '\(unsafe: component.sql)'")
      }
    }

    /// A tracing observer gives each statement its traceparent.
    @Test(arguments: LiveServer.all) func whatTheObserverAddsGoesAlong(server: LiveServer) async throws {
      try await server.withConnection { admin in
        guard !admin.server.isMariaDB else { return }
        let component = "file://component_query_attributes"
        try await admin.execute("INSTALL COMPONENT '\(unsafe: component)'")
        let observer = Tracer()
        let connection = try await MySQLConnection.connect(server.configuration(), observer: observer)
        for query: MySQLQuery in ["SELECT 1", "SELECT \(1)"] {
          let read = "mysql_query_attribute_string"
          let sql = "\(query.sql), \(read)('traceparent'), \(read)('own')"
          let whole = try MySQLQuery(unsafe: sql, values: query.sql.contains("?") ? [1] : [])
          let row = try await connection.query(whole, options: .attributes(["own": "a"])).collect()[0]
          #expect(try row.decode(at: 1, as: String?.self) == "00-observed-01")
          #expect(try row.decode(at: 2, as: String?.self) == "a")
        }
        await connection.close()
        try await admin.execute("UNINSTALL COMPONENT '\(unsafe: component)'")
      }
    }

    private struct Tracer: MySQLObserver {
      func attributes(for statement: String) -> MySQLQuery.Attributes { ["traceparent": "00-observed-01"] }
    }

    @Test(arguments: LiveServer.all)
    func anAttributeThatCannotBeSentIsAnError(server: LiveServer) async throws {
      try await server.withConnection { connection in
        let error = await #expect(throws: MySQLError.self) {
          try await connection.query("SELECT 1", options: .attributes(["a": Double.nan]))
        }
        #expect(error?.kind == .encoding)
        try await connection.expect("SELECT 1", 1)
      }
    }
  }
}
