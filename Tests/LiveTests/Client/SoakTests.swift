#if os(Linux)
  import Foundation
  import MySQL
  import MySQLTesting
  import Testing

  extension Live {
    /// Everything that a program does with a client, while the server crashes every 30 seconds: no wrong
    /// answer, and nothing grows. Takes three minutes, or an hour in a long run.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, .noOwnServers),
      .tags(.ownServers, .lengthy, .soak), .timeLimit(.minutes(Pass.isLongRun ? 90 : 15)))
    struct SoakTests {
      @Test(arguments: OwnServer.kinds) func nothingGrowsAndNothingIsMixedUp(kind: OwnServer.Kind) async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
          [kind = kind as OwnServer.Kind] in
          let server = try await OwnServer.start(kind, [])
          do { try await Soak(server).run() } catch { Issue.record(error) }
          await server.stop()
        }
        let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        for line in output.split(separator: "\n") where line.hasPrefix("soak: ") {
          print("\(kind.rawValue) \(line)")
        }
      }
    }
  }

  private final class Soak: Sendable {
    private let server: OwnServer
    private let client: MySQLClient
    private let load: SoakLoad
    private let outage: Outage
    private let acquireTimes: AcquireTimes

    private static let tasks = 32
    private static let connections = 12
    private static let rounds = Pass.isLongRun ? 120 : 6
    /// The seconds of a round, and of the part of it before the crash.
    private static let roundTime = 30
    private static let crashTime = 10

    init(_ server: OwnServer) async throws {
      self.server = server
      var settings = MySQLConfiguration(.tcp(host: "127.0.0.1", port: UInt16(server.port)), user: "root")
      settings.publicKey = .askServer
      settings.maxConnections = Self.connections
      settings.database = "soak"
      settings.maxLifetime = .seconds(3)
      let (acquireTimes, outage) = (AcquireTimes(), Outage())
      let client = try MySQLClient(settings, observer: acquireTimes)
      self.acquireTimes = acquireTimes
      self.outage = outage
      self.client = client
      load = SoakLoad(client, outage)
      try await server.withAdministrator { administrator in
        try await administrator.execute("CREATE DATABASE soak")
        try await administrator.execute(
          "CREATE TABLE soak.t (id BIGINT PRIMARY KEY, task INT) ENGINE = InnoDB")
      }
    }

    func run() async throws {
      try await useAndShutDown(MySQLClient(client.configuration))
      let sockets = try ProcessStatus.openTCPSockets()
      let statements = try await openStatements()
      let end = ContinuousClock.now + .seconds(Self.rounds * Self.roundTime)
      let (threads, memory) = try await withThrowingTaskGroup(of: Void.self) { group in
        for task in 0..<Self.tasks { group.addTask { await self.load.work(task, until: end) } }
        let samples = try await self.watch()
        try await group.waitForAll()
        return samples
      }
      try await client.execute("DO 0")
      #expect(load.answers.value > 1000)
      #expect(try ProcessStatus.threads() <= threads + 2)
      checkGrowth(of: memory)
      let wait = acquireTimes.times.quantile(0.999)
      print("soak: \(load.answers.value) answers, 99.9 % of the waits for a connection took up to \(wait)")
      // Each connection may keep the statements of the load, and as many connections may be about to end.
      let kept = try await openStatements()
      #expect(kept <= 2 * Self.connections * SoakLoad.preparedTexts, "\(kept) statements")
      try await useAndShutDown(client)
      let left = try ProcessStatus.openTCPSockets()
      #expect(left == sockets, "\(left) sockets after \(sockets)")
      let leftStatements = try await openStatements(downTo: statements)
      #expect(leftStatements <= statements, "\(leftStatements) statements after \(statements)")
    }

    /// Crashes the server in each round, and returns the threads after the first round, and the resident memory of
    /// each second.
    private func watch() async throws -> (threads: Int, memory: [Int]) {
      let start = ContinuousClock.now
      var (threads, memory) = (0, [Int]())
      for second in 1...Self.rounds * Self.roundTime {
        try await Task.sleep(until: start + .seconds(second), clock: .continuous)
        if second % Self.roundTime == Self.crashTime { try await crash() }
        memory.append(try ProcessStatus.residentMemory())
        if second == Self.roundTime { threads = try ProcessStatus.threads() }
      }
      return (threads, memory)
    }

    /// Crashes the server under load, and starts it again. The tasks get answers soon after it is back.
    private func crash() async throws {
      outage.begin()
      try await server.kill()
      try await server.startAgain()
      outage.end()
      let (back, count) = (ContinuousClock.now, load.answers.value)
      while load.answers.value == count, back.duration(to: .now) < .seconds(15) {
        try await Task.sleep(for: .milliseconds(20))
      }
      let taken = back.duration(to: .now)
      #expect(load.answers.value > count && taken < .seconds(5), "\(taken)")
    }

    /// Expects that memory does not grow: after the first round by 8 MiB at most, and from the second third of the time
    /// to the last one by much less.
    private func checkGrowth(of samples: [Int]) {
      let mean = { (part: ArraySlice<Int>) in part.reduce(0, +) / max(1, part.count) }
      let third = samples.count / 3
      let last = mean(samples[(2 * third)...])
      let growth = last - mean(samples[Self.roundTime / 2..<Self.roundTime])
      let slope = last - mean(samples[third..<2 * third])
      let perHour = slope * 3600 / max(1, third)
      print("soak: memory grew by \(growth >> 10) KiB, at last by \(perHour >> 10) KiB an hour")
      if ProcessStatus.isSanitized { return }
      #expect(growth < 8 << 20, "\(growth) bytes")
      // A minute shows less than twenty do.
      #expect(slope < (Pass.isLongRun ? 1 << 20 : 4 << 20), "\(slope) bytes in \(third) s")
    }

    /// Returns how many statements the server has open, once there are as few as `expected` or some seconds have passed.
    private func openStatements(downTo expected: Int = .max) async throws -> Int {
      try await server.withAdministrator { administrator in
        var count = try await administrator.globalStatus("Prepared_stmt_count")
        for _ in 0..<50 where count > expected {
          try await Task.sleep(for: .milliseconds(100))
          count = try await administrator.globalStatus("Prepared_stmt_count")
        }
        return count
      }
    }

    /// Uses a client and the connection that kills its statements, and ends both.
    private func useAndShutDown(_ client: MySQLClient) async throws {
      _ = try? await client.execute("DO SLEEP(1)", timeout: .milliseconds(20))
      await client.shutdown()
      #expect(client.status.open == 0)
      // The killer's goodbye is not waited for.
      try await Task.sleep(for: .seconds(1))
    }
  }

  /// How long tasks waited for a connection.
  private final class AcquireTimes: MySQLObserver {
    let times = DurationHistogram()

    func pool(_ event: MySQLPoolEvent) {
      if case .leased(let waited) = event { times.add(waited) }
    }
  }
#endif
