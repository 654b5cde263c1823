import Foundation
import MySQL
import Testing

extension Live {
  /// Loads that are refused, fail or end early.
  @Suite(.live) struct FailingLoadTests {
    @Test(arguments: LiveServer.all) func aCallWithoutASourceIsRefused(server: LiveServer) async throws {
      try await LoadedTable.with(server) { connection in
        let error = await #expect(throws: MySQLError.self) { try await connection.execute(LoadedTable.load) }
        #expect(error?.kind == .localInfile)
        #expect(error?.message.contains("options: .localInfile") == true)
        let missing = await #expect(throws: MySQLError.self) {
          try await connection.execute(
            LoadedTable.load, options: .localInfile(.file(URL(filePath: "/no/such/file/anywhere.csv"))))
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
          try await connection.execute(LoadedTable.load, options: .localInfile(.bytes(Array("1\n".utf8))))
        }
        #expect(error?.kind == .server)
        try await connection.expect("SELECT COUNT(*) FROM t", 0)
      }
    }

    @Test(arguments: LiveServer.all) func reportsAFailingSource(server: LiveServer) async throws {
      struct DiskFull: Error {}
      try await LoadedTable.with(server) { connection in
        let pieces = AsyncThrowingStream<[UInt8], any Error> { continuation in
          continuation.yield(Array("1\tone\n".utf8))
          continuation.finish(throwing: DiskFull())
        }
        let error = await #expect(throws: MySQLError.self) {
          try await connection.execute(LoadedTable.load, options: .localInfile(.sequence(pieces)))
        }
        #expect(error?.kind == .localInfile)
        #expect(error?.message.contains("DiskFull") == true)
        try await connection.expect("SELECT COUNT(*) FROM t", 1)
      }
    }

    /// The rows after the load and their end arrive together, and mean nothing.
    @Test(arguments: LiveServer.all)
    func aFailedLoadIsReportedWhateverFollowsIt(server: LiveServer) async throws {
      try await LoadedTable.with(server) { connection in
        for rest in ["SELECT 1", "SELECT 1; SELECT 2", "DO 1; SELECT 1", "SELECT 1; DO 1"] {
          let text = MySQLQuery(unsafe: "LOAD DATA LOCAL INFILE 'a' INTO TABLE t; \(rest)")
          let error = await #expect(throws: MySQLError.self) {
            try await connection.execute(text, timeout: .seconds(5))
          }
          #expect(error?.kind == .localInfile, "before \(rest)")
          try await connection.expect("SELECT 7", 7)
        }
      }
    }

    @Test(arguments: LiveServer.all) func reportsAnErrorDuringALoad(server: LiveServer) async throws {
      try await LoadedTable.with(server) { connection in
        let count = TestServers.amount(50_000, aByteAtATime: 5000)
        let lines = (1...count).map { "\($0 % (count / 5 * 4))\tname\n" }.joined()
        // LOCAL alone would only warn about it.
        try await connection.execute("ALTER TABLE t ADD CHECK (id <> 20000)")
        let error = await #expect(throws: MySQLError.self) {
          try await connection.execute(
            "LOAD DATA LOCAL INFILE 'a' INTO TABLE t (id, name) SET name = (SELECT 1 UNION SELECT 2)",
            options: .localInfile(.bytes(Array(lines.utf8))))
        }
        #expect(error?.kind == .server)
        try await connection.ping()
      }
    }

    @Test(arguments: LiveServer.all)
    func aLoadThatIsCancelledIsNotTakenAsComplete(server: LiveServer) async throws {
      try await LoadedTable.with(server) { connection in
        let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
        continuation.yield(Array("1\tone\n".utf8))
        let task = Task {
          try await connection.execute(LoadedTable.load, options: .localInfile(.sequence(pieces)))
        }
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
      try await LoadedTable.with(server) { connection in
        let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
        continuation.yield(Array("1\tone\n".utf8))
        let task = Task {
          try await connection.execute(LoadedTable.load, options: .localInfile(.sequence(pieces)))
        }
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
