#if os(Linux)
  import Foundation
  import MySQL
  import MySQLTesting
  import Synchronization
  import Testing

  extension Live {
    /// Everything that a program does with a client, while the server crashes every 30 seconds: no wrong
    /// answer, and nothing grows. Takes three minutes, or an hour in a long run.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, "no server can be started here: MYSQL_TEST_OWN_SERVERS is not set"),
      .tags(.ownServers, .lengthy, .soak))
    struct SoakTests {
      @Test(arguments: OwnServer.kinds) func nothingGrowsAndNothingIsMixedUp(kind: OwnServer.Kind) async {
        await #expect(processExitsWith: .success) { [kind = kind as OwnServer.Kind] in
          let server = try await OwnServer.start(kind, [])
          do { try await Soak(server).run() } catch { Issue.record(error) }
          await server.stop()
        }
      }
    }
  }

  private final class Soak: Sendable {
    private let server: OwnServer
    private let client: MySQLClient
    private let answers = Tally()

    private static let tasks = 32
    private static let rounds = TestServers.isLongRun ? 120 : 6
    private static let pause = Duration.seconds(30)

    init(_ server: OwnServer) async throws {
      self.server = server
      var settings = MySQLConfiguration(.tcp(host: "127.0.0.1", port: UInt16(server.port)), user: "root")
      settings.publicKey = .askServer
      settings.maxConnections = 12
      settings.database = "soak"
      settings.maxLifetime = .seconds(3)
      client = try MySQLClient(settings)
      try await server.withAdministrator { administrator in
        try await administrator.execute("CREATE DATABASE soak")
        try await administrator.execute(
          "CREATE TABLE soak.t (id BIGINT PRIMARY KEY, task INT) ENGINE = InnoDB")
      }
    }

    func run() async throws {
      try await useAndShutDown(MySQLClient(client.configuration))
      let sockets = try ProcessStatus.openTCPSockets()
      try await round(after: Self.pause)
      let (threads, memory) = try (ProcessStatus.threads(), ProcessStatus.residentMemory())
      for _ in 1..<Self.rounds {
        try await round(after: Self.pause)
        try await server.kill()
        try await server.startAgain()
      }
      while (try? await client.execute("DO 0")) == nil { try await Task.sleep(for: .milliseconds(50)) }
      #expect(answers.count > 1000)
      #expect(try ProcessStatus.threads() <= threads + 2)
      let growth = try ProcessStatus.residentMemory() - memory
      #expect(growth < 8 << 20 || ProcessStatus.isSanitized, "\(growth) bytes")
      try await useAndShutDown(client)
      let left = try ProcessStatus.openTCPSockets()
      #expect(left == sockets, "\(left) sockets after \(sockets)")
    }

    /// Uses a client and the connection that kills its statements, and ends both.
    private func useAndShutDown(_ client: MySQLClient) async throws {
      _ = try? await client.execute("DO SLEEP(1)", timeout: .milliseconds(20))
      await client.shutdown()
      #expect(client.status.open == 0)
      // The killer's goodbye is not waited for.
      try await Task.sleep(for: .seconds(1))
    }

    /// Lets all tasks work for a time.
    private func round(after time: Duration) async throws {
      let end = ContinuousClock.now + time
      await withTaskGroup { group in
        for task in 0..<Self.tasks { group.addTask { await self.work(task, until: end) } }
      }
    }

    private func work(_ task: Int, until end: ContinuousClock.Instant) async {
      var random = SeededGenerator(seed: UInt64(task))
      while ContinuousClock.now < end {
        let nonce = Int.random(in: 0..<1_000_000_000, using: &random)
        do {
          switch nonce % 6 {
          case 0: try await query(nonce)
          case 1: try await transaction(nonce, task)
          case 2: try await cancelled(nonce, after: .microseconds(nonce % 3000))
          case 3: _ = try await client.query("SELECT REPEAT('x', 100000), \(nonce) UNION SELECT 2, 3")
          case 4: try await client.execute("DO SLEEP(1)", timeout: .milliseconds(5))
          default:
            try await client.withConnection { connection in
              try await connection.execute("SET @left = \(nonce)")
              try await connection.expect("SELECT @left", nonce)
            }
          }
        } catch let error as MySQLError {
          // Errors that a crash or a limit explains.
          let isExpected =
            [.timeout, .cancelled, .connectionLost, .connectionClosed, .connectionRefused].contains(
              error.kind)
            || error.server?.code == .lockDeadlock
          #expect(isExpected, "\(error)")
        } catch {
          Issue.record(error)
        }
        // Other suites run at the same time.
        try? await Task.sleep(for: .milliseconds(nonce % 200))
      }
    }

    private func query(_ nonce: Int) async throws {
      let (answer, left) = try await client.query("SELECT \(nonce), @left").collect()[0].decode(
        (Int, Int?).self)
      #expect(answer == nonce && left == nil)
      answers.add(1)
    }

    private func transaction(_ nonce: Int, _ task: Int) async throws {
      try await client.withTransaction(retries: 3) { transaction in
        try await transaction.execute("REPLACE INTO t VALUES (\(nonce % 1000), \(task))")
        let row = try await transaction.query("SELECT task FROM t WHERE id = \(nonce % 1000)").collect()[0]
        #expect(try row.decode(Int.self) == task)
      }
    }

    private func cancelled(_ nonce: Int, after time: Duration) async throws {
      let task = Task {
        try await client.query("SELECT \(nonce), SLEEP(0.001)").collect()[0].decode(at: 0, as: Int.self)
      }
      try await Task.sleep(for: time)
      task.cancel()
      #expect(try await task.value == nonce)
    }
  }
#endif
