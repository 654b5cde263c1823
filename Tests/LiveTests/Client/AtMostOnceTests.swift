import Foundation
import MySQL
import MySQLTesting
import Testing

extension Live {
  /// Through a network that breaks anywhere, nothing is done twice and nothing that was acknowledged is lost.
  @Suite(.live, .tags(.lengthy), .timeLimit(.minutes(15))) struct AtMostOnceTests {
    private static let tasks = 8

    /// 2,500 attempts in transactions and as many without, each of which increments a number of its own. In a transaction, it also increments one that all
    /// have in common.
    @Test(arguments: LiveServer.all, [false, true])
    func nothingIsDoneTwice(server: LiveServer, inTransactions: Bool) async throws {
      try await server.withSchema { connection, schema in
        let attempts = TestServers.amount(
          Pass.current == .thread ? 500 : Pass.isLongRun ? 5000 : 2500, aByteAtATime: 104)
        try await connection.makeNumbers(attempts)
        try await connection.execute("CREATE TABLE done (id INT PRIMARY KEY, n INT) ENGINE = InnoDB")
        try await connection.execute("INSERT INTO done SELECT n, 0 FROM numbers")
        try await connection.execute("CREATE TABLE counter (n INT) ENGINE = InnoDB")
        try await connection.execute("INSERT INTO counter VALUES (0)")
        let proxy = try Self.cuttingProxy(to: server)
        defer { proxy.stop() }
        let settings = try server.configuration {
          $0.endpoint = .tcp(host: "127.0.0.1", port: UInt16(proxy.port))
          $0.database = schema
          $0.maxConnections = Self.tasks
        }
        let client = try MySQLClient(settings)
        let (acknowledged, refused) = (Numbers(), Numbers())
        await withTaskGroup { group in
          for worker in 0..<Self.tasks {
            group.addTask {
              for id in stride(from: worker + 1, through: attempts, by: Self.tasks) {
                do {
                  try await Self.increment(id, inTransactions, on: client)
                  acknowledged.insert(id)
                } catch let error as MySQLError {
                  if Self.isUndone(error, inTransactions) { refused.insert(id) }
                } catch {
                  Issue.record(error)
                }
              }
            }
          }
        }
        await client.shutdown()
        // The server may still work on a statement whose connection was cut.
        try await server.waitForOthers(than: connection, in: schema)
        let present = Set(try await connection.values("SELECT id FROM done WHERE n > 0", as: Int.self))
        try await connection.expect("SELECT COUNT(*) FROM done WHERE n > 1", 0)
        if inTransactions { try await connection.expect("SELECT n FROM counter", present.count) }
        #expect(acknowledged.all.subtracting(present).isEmpty, "acknowledged, and lost")
        #expect(refused.all.intersection(present).isEmpty, "not done, it was said, and done")
        #expect(acknowledged.all.count > attempts / 2)
        #expect(acknowledged.all.count < attempts)
      }
    }

    /// A proxy that cuts each connection somewhere.
    private static func cuttingProxy(to server: LiveServer) throws -> FaultProxy {
      let target = try #require(URLComponents(string: server.url))
      return try FaultProxy(to: .tcp(target.host ?? "127.0.0.1", port: target.port ?? 3306)) { number in
        var random = SeededGenerator(seed: UInt64(number))
        let point = FaultPlan.Point.offset(Int.random(in: 300..<6000, using: &random))
        let action: FaultPlan.Action = Bool.random(using: &random) ? .cut : .reset
        return FaultPlan(action, at: point, from: Bool.random(using: &random) ? .client : .server)
      }
    }

    private static func increment(_ id: Int, _ inTransaction: Bool, on client: MySQLClient) async throws {
      guard inTransaction else {
        try await client.execute("UPDATE done SET n = n + 1 WHERE id = \(id)")
        return
      }
      try await client.withTransaction(retries: 10) { transaction in
        try await transaction.execute("UPDATE done SET n = n + 1 WHERE id = \(id)")
        try await transaction.execute("UPDATE counter SET n = n + 1")
      }
    }

    /// Whether an error says that nothing was done. A transaction may have been committed only if the answer to its
    /// COMMIT was lost.
    private static func isUndone(_ error: MySQLError, _ inTransaction: Bool) -> Bool {
      inTransaction ? error.kind != .commitUnknown : error.reach != .unknown
    }
  }
}

/// A set that tasks fill.
private final class Numbers: Sendable {
  private let state = Locked<Set<Int>>([])
  var all: Set<Int> { state.withLock { $0 } }
  func insert(_ number: Int) { _ = state.withLock { $0.insert(number) } }
}
