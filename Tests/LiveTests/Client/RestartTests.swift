#if os(Linux)
  import MySQL
  import MySQLTesting
  import Testing

  extension Live {
    /// Servers that crash, stop, fall silent, kill connections and close idle ones, while 16 tasks use a client.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, .noOwnServers),
      .tags(.ownServers), .timeLimit(.minutes(Pass.isLongRun ? 30 : 10)),
      OwnServers { _ in ["--innodb-flush-log-at-trx-commit=1", "--wait-timeout=1"] })
    struct RestartTests {
      private static let tasks = 16
      /// What a server says to a client whose connection it ends: 3169 is ER_SESSION_WAS_KILLED.
      private static let endings: Set<MySQLError.Code> = [
        .serverShutdown, .queryInterrupted, .connectionKilled, .idleTimeout, .init(rawValue: 3169),
      ]
      /// How much longer everything may take under a sanitizer.
      private static let slowness = ProcessStatus.isSanitized ? 5 : 1
      /// Within this time after the server's return, callers are served again.
      private static let resumption = Duration.seconds(2 * slowness)

      /// Returns the running server of a kind, with an empty table `t`, and a client for it.
      func start(
        _ kind: OwnServer.Kind, _ change: (inout MySQLConfiguration) -> Void = { _ in }
      ) async throws -> (OwnServer, MySQLClient) {
        let server = try OwnServers.running(kind)
        try await server.withAdministrator { administrator in
          try await administrator.execute("DROP DATABASE IF EXISTS restarts")
          try await administrator.execute("CREATE DATABASE restarts")
          try await administrator.execute("CREATE TABLE restarts.t (id BIGINT PRIMARY KEY) ENGINE = InnoDB")
        }
        var settings = MySQLConfiguration(.tcp(host: "127.0.0.1", port: UInt16(server.port)), user: "root")
        settings.database = "restarts"
        settings.publicKey = .askServer
        settings.maxConnections = Self.tasks
        change(&settings)
        return (server, try MySQLClient(settings))
      }

      /// Calls the closure while tasks insert rows by a client, and have begun to. Afterwards, nothing that was
      /// acknowledged may be lost.
      private func withLoad<R: Sendable>(
        on kind: OwnServer.Kind, timeout: Duration? = nil, _ ledger: Ledger,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: (OwnServer, MySQLClient, InsertLoad) async throws -> R
      ) async throws -> R {
        let (server, client) = try await start(kind)
        let load = InsertLoad(tasks: Self.tasks, on: client, timeout: timeout, ledger)
        try await load.expectProgress(within: Self.resumption, sourceLocation: sourceLocation)
        let result = try await body(server, client, load)
        try await load.expectNothingLost(sourceLocation: sourceLocation)
        await client.shutdown()
        return result
      }

      /// 20 crashes in a long run, 3 in others. Every caller learns of a crash within a second, work resumes
      /// within two seconds after the server is back, and everything that was acknowledged is stored.
      @Test(arguments: OwnServer.kinds)
      func crashesLoseNothingThatWasAcknowledged(kind: OwnServer.Kind) async throws {
        let ledger = Ledger()
        try await withLoad(on: kind, ledger) { server, client, load in
          for _ in 0..<(Pass.isLongRun ? 20 : 3) {
            try await load.expectProgress(within: Self.resumption)
            try await Task.sleep(for: .milliseconds(300))
            try await server.kill()
            load.pause()
            try await Task.sleep(for: .seconds(Self.slowness))
            let status = client.status
            #expect(
              load.callers == 0 && status.leased == 0 && status.waiting == 0,
              "somebody still waits for a server that is gone")
            load.goOn()
            try await server.startAgain()
            try await load.expectProgress(within: Self.resumption)
          }
        }
        #expect(ledger.longest < .seconds(2 * Self.slowness))
        #expect(ledger.acknowledged.count > 100)
      }

      /// Each caller learns in time that a server has stopped answering, and the client goes on once it answers again.
      @Test(arguments: OwnServer.kinds) func aServerThatFallsSilentIsGivenUp(
        kind: OwnServer.Kind
      ) async throws {
        let limit = Duration.milliseconds(300 * Self.slowness)
        // What the server received before it fell silent may end it there for want of a reader.
        let ledger = Ledger(kinds: [.timeout], codes: Self.endings)
        try await withLoad(on: kind, timeout: limit, ledger) { server, client, load in
          let failures = ledger.failures
          let time = Pass.isLongRun ? 5 : 2
          let frozen = Task { try await server.freeze(for: .seconds(time * Self.slowness)) }
          try await Task.sleep(for: limit * 2)
          load.pause()
          // The limit holds for the wait for a connection, and then again for the server's answer.
          try await Task.sleep(for: limit * 3)
          #expect(load.callers == 0 && client.status.waiting == 0, "somebody still waits for a silent server")
          #expect(ledger.failures >= failures + Self.tasks)
          try await frozen.value
          load.goOn()
          try await load.expectProgress(within: Self.resumption)
        }
      }

      @Test(arguments: OwnServer.kinds) func aServerThatShutsDownIsFoundAgain(
        kind: OwnServer.Kind
      ) async throws {
        try await withLoad(on: kind, Ledger(codes: Self.endings)) { server, _, load in
          try await server.withAdministrator { _ = try? await $0.execute("SHUTDOWN") }
          while (try? await server.startAgain()) == nil { try await Task.sleep(for: .milliseconds(100)) }
          try await load.expectProgress(within: Self.resumption)
        }
      }

      /// A killed connection fails its own caller at most, and is replaced.
      @Test(arguments: OwnServer.kinds) func aConnectionThatIsKilledUnderLoadFailsOneCallAtMost(
        kind: OwnServer.Kind
      ) async throws {
        let ledger = Ledger(codes: Self.endings)
        let killed = try await withLoad(on: kind, ledger) { server, _, load in
          try await server.withAdministrator { administrator in
            var random = SeededGenerator(seed: 20)
            var killed = 0
            for _ in 0..<20 {
              let ids = try await administrator.values(
                "SELECT id FROM information_schema.processlist WHERE db = 'restarts'", as: Int.self)
              let chosen = ids.randomElement(using: &random)
              let id = try #require(chosen)
              // It may have ended meanwhile.
              if (try? await administrator.execute("KILL \(unsafe: "\(id)")")) != nil { killed += 1 }
              try await load.expectProgress(within: Self.resumption)
              try await Task.sleep(for: .milliseconds(50))
            }
            return killed
          }
        }
        #expect(killed >= 15)
        #expect(ledger.failures <= killed, "\(ledger.failures) failures by \(killed) kills")
      }
    }
  }
#endif
