import Foundation
import MySQL
import MySQLTesting
import Testing

extension Live {
  /// A captured server and a live one that stores the same give the same rows for the same statement.
  @Suite(.live, .tags(.data)) struct ReplayedValueTests {
    /// A capture of a statement with rows, and the statements that created what it selects.
    struct Recording: Decodable, Sendable {
      var stored: [String]?
      var conversations: [Exchanges]

      struct Exchanges: Decodable, Sendable {
        var expect: [Statement]
      }

      struct Statement: Decodable, Sendable {
        var sql: String?
      }
    }

    @Test(arguments: LiveServer.all) func aReplayAndALiveServerAgree(server: LiveServer) async throws {
      let isMariaDB = try await server.withConnection { $0.server.isMariaDB }
      let recordings = try Self.recordings(isMariaDB ? "mariadb-" : "mysql-")
      #expect(recordings.count >= 9)
      for (name, recording) in recordings {
        let replay = try ReplayServer(
          captureFile: CaptureFile(path: Fixtures.capturePath(name)), mode: .byStatement)
        defer { replay.stop() }
        var settings = try MySQLConfiguration(url: replay.url)
        settings.password = "the captured server has said already what it says of it"
        settings.publicKey = .askServer
        let replayed = try await MySQLConnection.connect(settings)
        try await server.withSchema {
          $0.initCommands = ["SET sql_mode = ''"]
        } _: { live, _ in
          for statement in recording.stored ?? [] { try await live.execute(MySQLQuery(unsafe: statement)) }
          let statements = recording.conversations.flatMap(\.expect).compactMap(\.sql)
          #expect(!statements.isEmpty)
          for statement in statements {
            let query = MySQLQuery(unsafe: statement)
            let (then, now) = (try await replayed.query(query), try await live.query(query))
            #expect(then.columns.map(\.name) == now.columns.map(\.name), "\(name)")
            #expect(then.columns.map(\.typeName) == now.columns.map(\.typeName), "\(name)")
            let rows = (try await Self.values(then), try await Self.values(now))
            #expect(rows.0 == rows.1 && !rows.0.isEmpty, "\(name): \(statement)")
          }
        }
        await replayed.close()
        #expect(replay.mismatches.isEmpty, "\(name)")
      }
    }

    private static func recordings(_ prefix: String) throws -> [(String, Recording)] {
      try Fixtures.names.filter { $0.hasPrefix(prefix) && $0.hasSuffix("-text") }
        .map { name in
          let data = try Data(contentsOf: Fixtures.expectations(name))
          return (name, try JSONDecoder().decode(Recording.self, from: data))
        }
        .filter { $0.1.stored != nil }
    }

    private static func values(_ rows: MySQLRows) async throws -> [[MySQLValue]] {
      try await rows.collect().map { row in try (0..<row.count).map { try row[$0].value } }
    }
  }
}
