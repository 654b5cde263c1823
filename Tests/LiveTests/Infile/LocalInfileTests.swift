import Foundation
import MySQL
import Testing

extension Live {
  @Suite(.live) struct LocalInfileTests {
    private static let load = "LOAD DATA LOCAL INFILE 'any name' INTO TABLE t" as MySQLQuery

    private func withTable(
      of server: LiveServer, _ body: nonisolated(nonsending) (MySQLConnection) async throws -> Void
    ) async throws {
      try await server.withSchema {
        $0.localInfile = true
        $0.multiStatements = true
      } _: { connection, _ in
        try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(200))")
        try await body(connection)
      }
    }

    @Test(arguments: LiveServer.all) func bytesAreLoaded(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let bytes = Array("1\tÄpfel\n2\tBirnen\n3\t\\N\n".utf8)
        let result = try await connection.execute(Self.load, localInfile: .bytes(bytes))
        #expect(result.affectedRows == 3)
        #expect(result.info == "Records: 3  Deleted: 0  Skipped: 0  Warnings: 0")
        try await connection.expect(
          "SELECT GROUP_CONCAT(IFNULL(name, '-') ORDER BY id) FROM t", "Äpfel,Birnen,-")
      }
    }

    @Test(arguments: LiveServer.all) func piecesOfASequenceAreLoaded(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let pieces = AsyncStream { continuation in
          for piece in ["1\to", "", "ne\n2", "\ttwo\n"] { continuation.yield(Array(piece.utf8)) }
          continuation.finish()
        }
        let result = try await connection.execute(Self.load, localInfile: .sequence(pieces))
        #expect(result.affectedRows == 2)
        try await connection.expect("SELECT GROUP_CONCAT(name ORDER BY id) FROM t", "one,two")
      }
    }

    @Test(arguments: LiveServer.all) func aFileOfTheCallersChoiceIsLoaded(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let file = FileManager.default.temporaryDirectory.appending(path: "live-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        let count = TestServers.amount(20_000, aByteAtATime: 2000)
        let lines = (1...count).map { "\($0),name \($0)\n" }.joined()
        try Data(lines.utf8).write(to: file)
        let result = try await connection.execute(
          "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t FIELDS TERMINATED BY ','",
          localInfile: .file(file)
        )
        #expect(result.affectedRows == count)
        try await connection.expect("SELECT name FROM t ORDER BY id DESC LIMIT 1", "name \(count)")
      }
    }

    @Test(arguments: LiveServer.all) func nothingIsLoadedOfAnEmptySource(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let result = try await connection.execute(Self.load, localInfile: .bytes([]))
        #expect(result.affectedRows == 0)
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all) func aCallWithoutASourceIsRefused(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let error = await #expect(throws: MySQLError.self) { try await connection.execute(Self.load) }
        #expect(error?.kind == .localInfile)
        #expect(error?.message.contains("localInfile:") == true)
        let missing = await #expect(throws: MySQLError.self) {
          try await connection.execute(
            Self.load, localInfile: .file(URL(filePath: "/no/such/file/anywhere.csv")))
        }
        #expect(missing?.kind == .localInfile)
        try await connection.expect("SELECT COUNT(*) FROM t", 0)
      }
    }

    @Test(arguments: LiveServer.all)
    func aConnectionThatDoesNotAllowItIsRefusedByTheServer(server: LiveServer) async throws {
      try await server.withSchema { connection, _ in
        try await connection.execute("CREATE TABLE t (id INT)")
        let error = await #expect(throws: MySQLError.self) {
          try await connection.execute(Self.load, localInfile: .bytes(Array("1\n".utf8)))
        }
        #expect(error?.kind == .server)
        try await connection.expect("SELECT COUNT(*) FROM t", 0)
      }
    }

    @Test(arguments: LiveServer.all) func aFailingSourceIsTold(server: LiveServer) async throws {
      struct DiskFull: Error {}
      try await withTable(of: server) { connection in
        let pieces = AsyncThrowingStream<[UInt8], any Error> { continuation in
          continuation.yield(Array("1\tone\n".utf8))
          continuation.finish(throwing: DiskFull())
        }
        let error = await #expect(throws: MySQLError.self) {
          try await connection.execute(Self.load, localInfile: .sequence(pieces))
        }
        #expect(error?.kind == .localInfile)
        #expect(error?.message.contains("DiskFull") == true)
        try await connection.expect("SELECT COUNT(*) FROM t", 1)
      }
    }

    @Test(arguments: LiveServer.all) func manyMegabytesAreLoaded(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let count = TestServers.amount(100_000, aByteAtATime: 500)
        let name = String(repeating: "x", count: 190)
        var bytes: [UInt8] = []
        for id in 1...count { bytes += Array("\(id)\t\(name)\n".utf8) }
        let result = try await connection.execute(Self.load, localInfile: .bytes(bytes))
        #expect(result.affectedRows == count)
        #expect(result.warningCount == 0)
        try await connection.expect("SELECT SUM(LENGTH(name)) FROM t", 190 * count)
      }
    }

    @Test(arguments: LiveServer.all) func aLoadAmongOtherStatementsIsOneOfThem(
      server: LiveServer
    ) async throws {
      try await withTable(of: server) { connection in
        let text =
          "SELECT 1; LOAD DATA LOCAL INFILE 'a' INTO TABLE t; SELECT COUNT(*) FROM t; DO 1" as MySQLQuery
        var seen: [String] = []
        for try await part in try await connection.queryMulti(
          text, localInfile: .bytes(Array("1\ta\n2\tb\n".utf8)))
        {
          switch part {
          case .done(let result): seen.append("done \(result.affectedRows)")
          case .rows(let rows): for try await n in rows.decode(Int.self) { seen.append("row \(n)") }
          }
        }
        #expect(seen == ["row 1", "done 2", "row 2", "done 0"])
        seen = []
        // Without a source, nothing after the load looks as if it had succeeded.
        let parts = try await connection.queryMulti(text)
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

    @Test(arguments: LiveServer.all) func aDuplicateKeyAmidALoadIsTold(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let count = TestServers.amount(50_000, aByteAtATime: 5000)
        let lines = (1...count).map { "\($0 % (count / 5 * 4))\tname\n" }.joined()
        // LOCAL alone would only warn about it.
        try await connection.execute("ALTER TABLE t ADD CHECK (id <> 20000)")
        let error = await #expect(throws: MySQLError.self) {
          try await connection.execute(
            "LOAD DATA LOCAL INFILE 'a' INTO TABLE t (id, name) SET name = (SELECT 1 UNION SELECT 2)",
            localInfile: .bytes(Array(lines.utf8)))
        }
        #expect(error?.kind == .server)
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all)
    func aLoadThatIsCancelledIsNotTakenAsComplete(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
        continuation.yield(Array("1\tone\n".utf8))
        let task = Task { try await connection.execute(Self.load, localInfile: .sequence(pieces)) }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        let error = await #expect(throws: MySQLError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.isRetryable == false)
        #expect(connection.isClosed)
        try await server.end(connection)
        let schema = try #require(connection.configuration.database)
        try await server.withConnection {
          try await $0.expect("SELECT COUNT(*) FROM \(identifier: schema).t", 0)
        }
      }
    }

    @Test(arguments: LiveServer.all)
    func aLoadWhoseConnectionIsKilledIsLost(server: LiveServer) async throws {
      try await withTable(of: server) { connection in
        let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
        continuation.yield(Array("1\tone\n".utf8))
        let task = Task { try await connection.execute(Self.load, localInfile: .sequence(pieces)) }
        try await Task.sleep(for: .milliseconds(200))
        try await server.withConnection {
          try await $0.execute("KILL \(unsafe: "\(connection.server.connectionID)")")
        }
        try await Task.sleep(for: .milliseconds(200))
        for _ in 1...50 { continuation.yield(Array(repeating: 0x41, count: 100_000)) }
        continuation.finish()
        let error = await #expect(throws: MySQLError.self) { try await task.value }
        #expect(error?.kind == .connectionLost)
        #expect(error?.reach != .notSent)
        #expect(error?.isRetryable == false)
        try await server.end(connection)
      }
    }
  }
}
