#if os(Linux)
  import Foundation
  import MySQL
  import Testing

  extension Live {
    /// Servers that crash, stop, fall silent and close idle connections while a client works.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, "no server can be started here: MYSQL_TEST_OWN_SERVERS is not set"),
      .tags(.ownServers),
      OwnServers { _ in ["--innodb-flush-log-at-trx-commit=1", "--wait-timeout=2"] })
    struct RestartTests {
      private static let tasks = 16

      private func client(
        of server: OwnServer, _ change: (inout MySQLConfiguration) -> Void = { _ in }
      ) throws -> MySQLClient {
        var settings = MySQLConfiguration(.tcp(host: "127.0.0.1", port: UInt16(server.port)), user: "root")
        settings.database = "restarts"
        settings.publicKey = .askServer
        settings.maxConnections = Self.tasks
        change(&settings)
        return try MySQLClient(settings)
      }

      private func makeTable(_ server: OwnServer) async throws {
        try await server.withAdministrator { administrator in
          try await administrator.execute("DROP DATABASE IF EXISTS restarts")
          try await administrator.execute("CREATE DATABASE restarts")
          try await administrator.execute("CREATE TABLE restarts.t (id BIGINT PRIMARY KEY) ENGINE = InnoDB")
        }
      }

      /// 20 crashes in a long run, 3 in others. Every caller learns of a crash within a second, work resumes
      /// within two seconds after the server is back, and everything that was acknowledged is stored.
      @Test(arguments: OwnServer.kinds)
      func crashesLoseNothingThatWasAcknowledged(kind: OwnServer.Kind) async throws {
        let server = try OwnServers.running(kind)
        try await makeTable(server)
        let client = try client(of: server)
        let ledger = Ledger()
        let workers = (0..<Self.tasks).map { worker in
          Task {
            var number = 0
            while !Task.isCancelled {
              let id = worker * 1_000_000 + number
              number += 1
              let start = ContinuousClock.now
              do {
                try await client.execute("INSERT INTO t VALUES (\(id))")
                ledger.acknowledge(id)
              } catch  where Task.isCancelled {
                break
              } catch {
                ledger.note(error, after: start.duration(to: .now))
                try? await Task.sleep(for: .milliseconds(20))
              }
            }
          }
        }
        for _ in 0..<(TestServers.isLongRun ? 20 : 3) {
          try await Task.sleep(for: .milliseconds(300))
          try await server.kill()
          ledger.forgetProgress()
          try await Task.sleep(for: .seconds(1))
          #expect(client.status.leased == 0, "somebody still waits for a server that is gone")
          try await server.startAgain()
          let back = ContinuousClock.now
          while ledger.hasProgress == false, back.duration(to: .now) < .seconds(5) {
            try await Task.sleep(for: .milliseconds(10))
          }
          #expect(back.duration(to: .now) < .seconds(2))
        }
        for worker in workers { worker.cancel() }
        for worker in workers { await worker.value }
        #expect(ledger.strange.isEmpty, "\(ledger.strange)")
        #expect(ledger.longest < .seconds(2))
        let present = Set(try await client.values("SELECT id FROM t", as: Int.self))
        #expect(ledger.acknowledged.subtracting(present).isEmpty)
        #expect(ledger.acknowledged.count > 100)
        await client.shutdown()
      }

      /// No caller notices that the server has closed a thousand connections because they were idle.
      @Test(arguments: OwnServer.kinds)
      func connectionsThatWereIdleForTooLongAreReplaced(kind: OwnServer.Kind) async throws {
        let server = try OwnServers.running(kind)
        try await makeTable(server)
        let client = try client(of: server) { $0.maxConnections = 125 }
        for _ in 0..<(TestServers.isLongRun ? 8 : 2) {
          try await withThrowingTaskGroup { group in
            for number in 0..<125 {
              group.addTask {
                // Slow enough that each statement needs its own connection.
                let rows = try await client.query("SELECT \(number), SLEEP(0.2)").collect()
                #expect(try rows[0].decode(at: 0, as: Int.self) == number)
              }
            }
            try await group.waitForAll()
          }
          try await Task.sleep(for: .milliseconds(2500))
        }
        try await client.execute("DO 0")
        await client.shutdown()
      }

      @Test(arguments: OwnServer.kinds) func aServerThatFallsSilentIsGivenUp(
        kind: OwnServer.Kind
      ) async throws {
        let server = try OwnServers.running(kind)
        try await makeTable(server)
        let client = try client(of: server) { $0.queryTimeout = .milliseconds(300) }
        // This leaves nothing in the session that would have to be reset meanwhile.
        _ = try await client.query("SELECT 1").collect()
        let frozen = Task { try await server.freeze(for: .seconds(TestServers.isLongRun ? 5 : 2)) }
        try await Task.sleep(for: .milliseconds(200))
        let start = ContinuousClock.now
        let error = await #expect(throws: MySQLError.self) { try await client.execute("DO 0") }
        #expect(error?.kind == .timeout)
        #expect(start.duration(to: .now) < .seconds(1))
        try await frozen.value
        try await client.execute("DO 0")
        await client.shutdown()
      }

      @Test(arguments: OwnServer.kinds) func aServerThatShutsDownIsFoundAgain(
        kind: OwnServer.Kind
      ) async throws {
        let server = try OwnServers.running(kind)
        try await makeTable(server)
        let client = try client(of: server)
        try await client.execute("DO 0")
        try await server.withAdministrator { _ = try? await $0.execute("SHUTDOWN") }
        while (try? await server.startAgain()) == nil { try await Task.sleep(for: .milliseconds(100)) }
        let start = ContinuousClock.now
        while (try? await client.execute("DO 0")) == nil, start.duration(to: .now) < .seconds(5) {
          try await Task.sleep(for: .milliseconds(10))
        }
        #expect(start.duration(to: .now) < .seconds(2))
        await client.shutdown()
      }
    }
  }
#endif
