import Foundation
import MySQL
import Testing

extension Live {
  @Suite(.live) struct LocalInfileTests {
    @Test(arguments: LiveServer.all) func bytesAreLoaded(server: LiveServer) async throws {
      try await LoadedTable.with(server) { connection in
        let bytes = Array("1\tÄpfel\n2\tBirnen\n3\t\\N\n".utf8)
        let result = try await connection.execute(LoadedTable.load, options: .localInfile(.bytes(bytes)))
        #expect(result.affectedRows == 3)
        #expect(result.info == "Records: 3  Deleted: 0  Skipped: 0  Warnings: 0")
        try await connection.expect(
          "SELECT GROUP_CONCAT(IFNULL(name, '-') ORDER BY id) FROM t", "Äpfel,Birnen,-")
      }
    }

    @Test(arguments: LiveServer.all) func piecesOfASequenceAreLoaded(server: LiveServer) async throws {
      try await LoadedTable.with(server) { connection in
        let pieces = AsyncStream { continuation in
          for piece in ["1\to", "", "ne\n2", "\ttwo\n"] { continuation.yield(Array(piece.utf8)) }
          continuation.finish()
        }
        let result = try await connection.execute(LoadedTable.load, options: .localInfile(.sequence(pieces)))
        #expect(result.affectedRows == 2)
        try await connection.expect("SELECT GROUP_CONCAT(name ORDER BY id) FROM t", "one,two")
      }
    }

    @Test(arguments: LiveServer.all) func aFileOfTheCallersChoiceIsLoaded(server: LiveServer) async throws {
      try await LoadedTable.with(server) { connection in
        let file = FileManager.default.temporaryDirectory.appending(path: "live-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        let count = TestServers.amount(20_000, aByteAtATime: 2000)
        let lines = (1...count).map { "\($0),name \($0)\n" }.joined()
        try Data(lines.utf8).write(to: file)
        let result = try await connection.execute(
          "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t FIELDS TERMINATED BY ','",
          options: .localInfile(.file(file))
        )
        #expect(result.affectedRows == count)
        try await connection.expect("SELECT name FROM t ORDER BY id DESC LIMIT 1", "name \(count)")
      }
    }

    @Test(arguments: LiveServer.all) func nothingIsLoadedOfAnEmptySource(server: LiveServer) async throws {
      try await LoadedTable.with(server) { connection in
        let result = try await connection.execute(LoadedTable.load, options: .localInfile(.bytes([])))
        #expect(result.affectedRows == 0)
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all) func manyMegabytesAreLoaded(server: LiveServer) async throws {
      try await LoadedTable.with(server) { connection in
        let count = TestServers.amount(100_000, aByteAtATime: 500)
        let name = String(repeating: "x", count: 190)
        var bytes: [UInt8] = []
        for id in 1...count { bytes += Array("\(id)\t\(name)\n".utf8) }
        let result = try await connection.execute(LoadedTable.load, options: .localInfile(.bytes(bytes)))
        #expect(result.affectedRows == count)
        #expect(result.warningCount == 0)
        try await connection.expect("SELECT SUM(LENGTH(name)) FROM t", 190 * count)
      }
    }

    @Test(arguments: LiveServer.all) func aLoadAmongOtherStatementsIsOneOfThem(
      server: LiveServer
    ) async throws {
      try await LoadedTable.with(server) { connection in
        let text =
          "SELECT 1; LOAD DATA LOCAL INFILE 'a' INTO TABLE t; SELECT COUNT(*) FROM t; DO 1" as MySQLQuery
        var seen: [String] = []
        for try await part in try await connection.results(
          of: text, options: .localInfile(.bytes(Array("1\ta\n2\tb\n".utf8))))
        {
          switch part {
          case .done(let result): seen.append("done \(result.affectedRows)")
          case .rows(let rows): for try await n in rows.decode(Int.self) { seen.append("row \(n)") }
          }
        }
        #expect(seen == ["row 1", "done 2", "row 2", "done 0"])
        seen = []
        // Without a source, nothing after the load looks as if it had succeeded.
        let parts = try await connection.results(of: text)
        let error = await #expect(throws: MySQLError.self) {
          for try await part in parts {
            guard case .rows(let rows) = part else { continue }
            for try await n in rows.decode(Int.self) { seen.append("row \(n)") }
          }
        }
        #expect(error?.kind == .localInfile)
        #expect(seen == ["row 1"])
        try await connection.ping()
      }
    }
  }
}
