import MySQL
import Testing

extension Live {
  @Suite(.live) struct MultiResultTests {
    @Test(arguments: LiveServer.all) func severalStatementsGiveTheirResultsInTurn(
      server: LiveServer
    ) async throws {
      try await server.withSchema({ $0.allowsMultipleStatements = true }) { connection, _ in
        let parts = try await connection.results(
          of:
            "CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2); SELECT a FROM t; SELECT 'x', 'y'; DELETE FROM t"
        )
        #expect(try await told(parts) == ["done 0", "done 2", "rows 1 2", "rows x,y", "done 2"])
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all) func aProcedureGivesAllItsResults(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute(
          "CREATE PROCEDURE report(n INT) BEGIN SELECT n; SELECT n + 1, n + 2; SELECT 1 FROM DUAL WHERE 1 = 0; END"
        )
        #expect(
          try await told(try await connection.results(of: "CALL report(10)")) == [
            "rows 10", "rows 11,12", "rows", "done 0",
          ])
        // Callers that ask for rows get the first result, and the rest does no harm.
        try await connection.expect("CALL report(20)", 20)
        try await connection.execute("CALL report(30)")
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all)
    func anErrorInALaterStatementComesInItsTurn(server: LiveServer) async throws {
      try await server.withConnection {
        $0.allowsMultipleStatements = true
      } _: { connection in
        let parts = try await connection.results(of: "SELECT 1; SELECT * FROM no.where; SELECT 3")
        var seen: [String] = []
        let error = await #expect(throws: MySQLError.self) {
          for try await part in parts { seen.append(try await text(part)) }
        }
        #expect(seen == ["rows 1"])
        #expect(error?.kind == .server)
        let first = await #expect(throws: MySQLError.self) {
          try await connection.results(of: "SELEC 1; SELECT 2")
        }
        #expect(first?.server?.code == .syntaxError)
        let last = await #expect(throws: MySQLError.self) {
          try await connection.execute("SELECT 1; SELECT * FROM no.where")
        }
        #expect(last?.kind == .server)
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all) func unreadRowsOfAPartAreSkipped(server: LiveServer) async throws {
      try await server.withSchema({ $0.allowsMultipleStatements = true }) { connection, _ in
        try await connection.makeNumbers(3000)
        var parts = try await connection.results(of: "SELECT n FROM numbers; SELECT 'second'; DO 1")
          .makeAsyncIterator()
        guard case .rows(let skipped) = try await parts.next(isolation: nil) else {
          Issue.record("no rows")
          return
        }
        var some = skipped.makeAsyncIterator()
        _ = try await some.next(isolation: nil)
        guard case .rows(let second) = try await parts.next(isolation: nil) else {
          Issue.record("no second rows")
          return
        }
        let row = try #require(try await second.collect().first)
        #expect(try row.decode(String.self) == "second")
        // The skipped result is over, and does not read from results that are not its own.
        #expect(try await skipped.collect().isEmpty)
      }
    }

    @Test(arguments: LiveServer.all) func resultsThatAreDroppedLeaveTheConnection(
      server: LiveServer
    ) async throws {
      try await server.withConnection {
        $0.allowsMultipleStatements = true
      } _: { connection in
        do {
          var parts = try await connection.results(of: "SELECT 1; SELECT 2; SELECT 3").makeAsyncIterator()
          _ = try await parts.next(isolation: nil)
        }
        try await connection.expect("SELECT 4", 4)
      }
    }

    /// Sends 32 MiB of statements while as much comes back.
    @Test(arguments: LiveServer.all) func megabytesBothWaysDoNotLockUp(server: LiveServer) async throws {
      try await server.withConnection {
        $0.allowsMultipleStatements = true
      } _: { connection in
        let size = TestServers.amount(65_536, aByteAtATime: 256)
        let statement =
          "SELECT REPEAT('a', \(size)) /* " + String(repeating: "pad ", count: size / 4 - 16) + "*/;"
        let count = 512
        let parts = try await connection.results(
          of: MySQLQuery(unsafe: String(repeating: statement, count: count)))
        var bytes = 0
        for try await part in parts {
          guard case .rows(let rows) = part else { continue }
          for try await row in rows { bytes += row[0].bytes.count }
        }
        #expect(bytes == count * size)
        try await connection.ping()
      }
    }

    private func told(_ parts: MySQLResults) async throws -> [String] {
      var told: [String] = []
      for try await part in parts { told.append(try await text(part)) }
      return told
    }

    private func text(_ part: MySQLResults.Part) async throws -> String {
      switch part {
      case .done(let result): return "done \(result.affectedRows)"
      case .rows(let rows):
        var words = ["rows"]
        for try await row in rows {
          words.append(
            try (0..<row.count).map { try row.decode(at: $0, as: String.self) }.joined(separator: ","))
        }
        return words.joined(separator: " ")
      }
    }
  }
}
