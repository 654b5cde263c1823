import MySQL
import Testing

extension Live {
  @Suite(.live) struct CallTests {
    private func withProcedures(
      of server: LiveServer, _ body: nonisolated(nonsending) (MySQLConnection) async throws -> Void
    ) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute(
          """
          CREATE PROCEDURE compute(IN a INT, INOUT b BIGINT UNSIGNED, OUT c VARCHAR(20), OUT d DECIMAL(10,3))
          BEGIN
            SELECT a AS first, 'x' AS x;
            SELECT n FROM (SELECT 1 AS n UNION SELECT 2) AS t ORDER BY n;
            SET b = b + a, c = 'größe', d = 1.5;
          END
          """)
        try await connection.execute("CREATE PROCEDURE nothing(IN a INT) BEGIN END")
        try await connection.execute(
          "CREATE PROCEDURE only_out(OUT a DOUBLE, OUT b INT) BEGIN SET a = 0.1; END")
        try await connection.execute(
          "CREATE PROCEDURE fails(IN a INT) BEGIN SELECT a; SELECT * FROM no_such_table; END")
        try await body(connection)
      }
    }

    @Test(arguments: LiveServer.all)
    func resultsAndOutParametersComeTogether(server: LiveServer) async throws {
      try await withProcedures(of: server) { connection in
        for number in 1...3 {
          let call = try await connection.call(
            "CALL compute(\(number), \(UInt64(1) << 63), \(MySQLValue.null), \(MySQLValue.null))")
          #expect(call.results.count == 2)
          let (first, x) = try #require(call.results[0].first).decode((Int, String).self)
          #expect(first == number && x == "x")
          #expect(try call.results[1].map { try $0.decode(Int.self) } == [1, 2])
          let output = try #require(call.output).decode((UInt64, String, MySQLDecimal).self)
          #expect(output == (1 << 63 + UInt64(number), "größe", MySQLDecimal("1.500") ?? 0))
          #expect(call.result?.hasOutParameters == false)
        }
        try await connection.expect("SELECT \(1) + 0", 1)
      }
    }

    @Test(arguments: LiveServer.all) func aCallMayBringNothing(server: LiveServer) async throws {
      try await withProcedures(of: server) { connection in
        let call = try await connection.call("CALL nothing(\(1))")
        #expect(call.results.isEmpty && call.output == nil && call.result?.affectedRows == 0)
        let only = try await connection.call("CALL only_out(\(0.5), \(MySQLValue.null))")
        let (a, b) = try #require(only.output).decode((Double, Int?).self)
        #expect(only.results.isEmpty && a == 0.1 && b == nil)
      }
    }

    @Test(arguments: LiveServer.all) func resultsStreamOneAfterTheOther(server: LiveServer) async throws {
      try await withProcedures(of: server) { connection in
        var kinds: [String] = []
        let parts = try await connection.results(
          of: "CALL compute(\(1), \(2), \(MySQLValue.null), \(MySQLValue.null))")
        for try await part in parts {
          switch part {
          case .rows(let rows):
            let count = try await rows.collect().count
            kinds.append(rows.result?.hasOutParameters == true ? "out" : "\(count)")
          case .done: kinds.append("done")
          }
        }
        #expect(kinds == ["1", "2", "out", "done"])
        // Only the first result is of interest here; the others are dropped.
        let rows = try await connection.query(
          "CALL compute(\(5), \(2), \(MySQLValue.null), \(MySQLValue.null))")
        let first = try await rows.collect()
        #expect(try first.first?.decode(at: 0, as: Int.self) == 5)
        try await connection.expect("SELECT \(1) + 0", 1)
      }
    }

    @Test(arguments: LiveServer.all) func anErrorInsideIsThrown(server: LiveServer) async throws {
      try await withProcedures(of: server) { connection in
        for _ in 0..<2 {
          let error = await #expect(throws: MySQLError.self) { try await connection.call("CALL fails(\(1))") }
          #expect(error?.server?.code == .noSuchTable)
        }
        try await connection.expect("SELECT \(1) + 0", 1)
      }
    }
  }
}
