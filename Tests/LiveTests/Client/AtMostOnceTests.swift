import Foundation
import MySQL
import MySQLTesting
import Testing

extension Live {
  /// Through a network that breaks anywhere, nothing is done twice and nothing that was acknowledged is lost (R9).
  @Suite(.live, .tags(.lengthy)) struct AtMostOnceTests {
    @Test(arguments: LiveServer.all, [false, true])
    func nothingIsDoneTwice(server: LiveServer, inTransactions: Bool) async throws {
      try await server.withSchema { connection, schema in
        try await connection.execute("CREATE TABLE counter (n INT) ENGINE = InnoDB")
        try await connection.execute("INSERT INTO counter VALUES (0)")
        try await connection.execute("CREATE TABLE done (id INT PRIMARY KEY) ENGINE = InnoDB")
        let target = try #require(URLComponents(string: server.url))
        let proxy = try FaultProxy(to: .tcp(target.host ?? "127.0.0.1", port: target.port ?? 3306)) {
          number in
          var random = SeededGenerator(seed: UInt64(number))
          let point = FaultPlan.Point.offset(Int.random(in: 300..<6000, using: &random))
          let action: FaultPlan.Action = Bool.random(using: &random) ? .cut : .reset
          return FaultPlan(action, at: point, from: Bool.random(using: &random) ? .client : .server)
        }
        defer { proxy.stop() }
        let settings = try server.configuration {
          $0.endpoint = .tcp(host: "127.0.0.1", port: UInt16(proxy.port))
          $0.database = schema
          $0.maxConnections = 8
        }
        let client = try MySQLClient(settings)
        let attempts = TestServers.amount(Pass.current == .thread ? 500 : 2_500, aByteAtATime: 100)
        let (acknowledged, refused) = (Numbers(), Numbers())
        await withTaskGroup { group in
          for worker in 0..<8 {
            group.addTask {
              for number in 0..<attempts / 8 {
                let id = worker * 100_000 + number
                do {
                  if inTransactions {
                    try await client.withTransaction(retries: 10) { transaction in
                      try await transaction.execute("INSERT INTO done VALUES (\(id))")
                      try await transaction.execute("UPDATE counter SET n = n + 1")
                    }
                  } else {
                    try await client.execute("INSERT INTO done VALUES (\(id))")
                  }
                  acknowledged.insert(id)
                } catch let error as MySQLError {
                  // If the statement had been sent twice, the key would already exist.
                  #expect(error.server?.code != .duplicateEntry, "\(error)")
                  if error.reach == .notSent { refused.insert(id) }
                } catch {
                  Issue.record(error)
                }
              }
            }
          }
        }
        await client.shutdown()
        let present = Set(try await connection.values("SELECT id FROM done", as: Int.self))
        #expect(acknowledged.all.subtracting(present).isEmpty, "acknowledged, and lost")
        #expect(refused.all.intersection(present).isEmpty, "not sent, it was said, and done")
        #expect(acknowledged.all.count > attempts / 2)
        #expect(acknowledged.all.count < attempts)
        if inTransactions { try await connection.expect("SELECT n FROM counter", present.count) }
      }
    }
  }
}

/// A set that tasks fill.
private final class Numbers: Sendable {
  private let state = Locked<Set<Int>>([])
  var all: Set<Int> { state.withLock { $0 } }
  func insert(_ number: Int) { _ = state.withLock { $0.insert(number) } }
}
