#if os(Linux)
  import MySQL
  import MySQLTesting
  import Testing

  /// However a server tries to fill the client's memory, the client takes at most 32 MiB more than its user asked
  /// for.
  ///
  /// Each attack runs in its own process, in which the server holds little more than the 64 KiB that it sends
  /// again and again. The tests measure the peak of the resident memory, starting after a first login.
  @Suite(.timed, .serialized, .notUnder(.address, .thread)) struct HostileMemoryTests {
    @Test(arguments: MemoryAttack.allCases) func aServerCannotFillTheMemory(attack: MemoryAttack) async throws
    {
      let result = try await #require(
        processExitsWith: .success, observing: [\.standardOutputContent]
      ) { [attack = attack as MemoryAttack] in
        try await warmUp()
        let server = try ScriptedServer { try attack.play($0) }
        let start = try PeakMemory.reset()
        let error = await attack.suffer(from: server)
        print("\ngrowth:\(try PeakMemory.read() - start):\(error.map { "\($0)" } ?? "")")
      }
      let output = String(decoding: result.standardOutputContent, as: UTF8.self)
      let found = try #require(try /growth:(\d+):(.*)/.firstMatch(in: output), "\(output)")
      let growth = try #require(Int(found.1))
      let limit = attack.asked + 32 << 20
      #expect(growth <= limit, "\(growth >> 20) MiB of \(limit >> 20)")
      // The client refuses a server that goes too far; being slow is not enough.
      #expect(found.2.isEmpty == attack.isInOrder, "\(found.2)")
    }
  }

  /// Does everything that a process sets up once.
  private func warmUp() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendResult(columns: ["a"], rows: [["x"]])
      try connection.stall()
    }
    let client = try await server.connect()
    _ = try await client.query("SELECT 1").collect()
    await client.close()
    server.stop()
  }

  extension MemoryAttack {
    /// Plays the client's side, and returns the error that ended it.
    fileprivate func suffer(from server: ScriptedServer) async -> MySQLError? {
      await failure(.seconds(60)) { [self] in
        let settings = try server.settings {
          $0.maxAllowedPacket = 16 << 20
          $0.allowsLocalInfile = self == .longFileName
          $0.publicKey = .askServer
          $0.queryTimeout = .seconds(30)
        }
        let client = try await MySQLConnection.connect(settings)
        switch stage {
        case .greeting, .login: break
        case .idle:
          try await client.ping()
          _ = await wait { client.isClosed }
          try await client.ping()
        case .preparation:
          for number in 0..<12 { try await client.execute("DO \(number), \(unsafe: "\(number)")") }
        case .batch: try await client.executeBatch("DO ?", (0..<64).map { [$0] })
        case .query where isUnread:
          let rows = try await client.query("SELECT 1")
          try await Task.sleep(for: .seconds(1))
          _ = rows.columns
        case .query:
          for try await _ in try await client.query("SELECT 1") {}
        }
      }
    }
  }
#endif
