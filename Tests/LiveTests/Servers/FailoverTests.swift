#if os(Linux)
  import MySQL
  import MySQLTesting
  import Testing

  extension Live {
    /// Servers that crash, fall silent, become read-only and are cut off, while 16 tasks write rows by a client of all of
    /// them, and read what they wrote. A round of each fault, or 20 in a long run.
    @Suite(
      .live(if: !OwnTopology.kinds.isEmpty, .noOwnServers),
      .tags(.ownServers, .waiting), .timeLimit(.minutes(Pass.isLongRun ? 60 : 10)))
    struct FailoverTests {
      private static let rounds = Pass.isLongRun && !ProcessStatus.isSanitized ? 20 : 1
      /// Within this time after another server accepts writes, callers write again.
      private static let resumption = Duration.seconds(ProcessStatus.isSanitized ? 15 : 3)

      @Test(arguments: OwnTopology.kinds)
      func noWriteIsLostNoReadIsOldAndNoWrongServerIsWrittenTo(kind: OwnTopology.Kind) async throws {
        try await OwnTopology.with(kind) { topology in
          let servers = try ProxiedTopology(topology)
          defer { servers.stop() }
          var chaos = try await Chaos(servers)
          var failure: (any Error)?
          do {
            try await chaos.run(rounds: Self.rounds, resumption: Self.resumption)
          } catch {
            failure = error
          }
          await chaos.end()
          if let failure { throw failure }
          try await chaos.check()
        }
      }
    }
  }

  /// One topology and its load.
  private struct Chaos {
    private let servers: ProxiedTopology
    private let client: MySQLClient
    private let load: FailoverLoad

    /// The primary, or the node of Galera that is struck next.
    private var primary = 0
    /// A member that is left dead.
    private var absent: Int?
    /// The primaries, and when each may have become that, and was that for certain.
    private var reigns: [(member: Int, begin: ContinuousClock.Instant, isSure: ContinuousClock.Instant)] = [
      (0, .now, .now)
    ]

    init(_ servers: ProxiedTopology) async throws {
      self.servers = servers
      try await servers.members[0].withAdministrator { administrator in
        for table in [FailoverLoad.table, OwnTopology.probe] {
          try await administrator.execute("\(unsafe: table)")
        }
      }
      var settings = servers.settings
      settings.target = .preferReplica
      settings.queryTimeout = .seconds(1)
      settings.connectTimeout = .seconds(1)
      settings.maxConnections = FailoverLoad.tasks
      client = try MySQLClient(settings)
      load = FailoverLoad(on: client)
    }

    mutating func run(rounds: Int, resumption: Duration) async throws {
      try await load.expectProgress(within: resumption, after: "at the start")
      for member in servers.members.indices where member != primary {
        try await load.expectReads(at: member + 1, after: "at the start")
      }
      for round in 1...rounds {
        for fault in ServerFault.all(of: servers.topology.kind) {
          try await strike(fault, resumption, isLast: round == rounds)
        }
      }
    }

    func end() async {
      await load.stop()
      await client.shutdown()
    }

    func check() async throws {
      let ledger = load.ledger
      print(
        "failover: \(servers.topology.kind.testDescription), \(ledger.acknowledged.count) writes, \(ledger.errors)"
      )
      #expect(ledger.complaints.isEmpty, "\(ledger.complaints.count): \(ledger.complaints.prefix(5))")
      #expect(ledger.acknowledged.count > 100)
      try await checkRows(ledger)
    }

    private mutating func strike(_ fault: ServerFault, _ resumption: Duration, isLast: Bool) async throws {
      let (former, begin) = (primary, ContinuousClock.now)
      try await fault.strike(former, of: servers)
      try await Task.sleep(for: .milliseconds(300))
      primary = try await servers.topology.replace(former, after: fault)
      let replaced = ContinuousClock.now
      reigns.append((primary, begin, replaced))
      try await load.expectProgress(within: resumption, after: "\(fault) of member \(former + 1)")
      let resumed = ContinuousClock.now
      // A cluster takes ten seconds and more to take a member back that has crashed.
      if isLast, fault == .crash, [.galera, .group].contains(servers.topology.kind) {
        return absent = former
      }
      try await fault.heal(former, of: servers)
      let healed = ContinuousClock.now
      try await load.expectProgress(within: resumption, after: "the return after \(fault)")
      try await load.expectReads(at: former + 1, after: "after its return (\(fault))")
      print(
        "failover: \(servers.topology.kind.testDescription), \(fault): another primary after \(begin.duration(to: replaced)),",
        "writes after \(replaced.duration(to: resumed)), whole again after \(resumed.duration(to: healed))")
      try await Task.sleep(for: .milliseconds(200))
    }

    /// Each acknowledged row is at every server, and was written by the server that was the primary then.
    private func checkRows(_ ledger: FailoverLedger) async throws {
      let first = try await rows(of: primary)
      let lost = ledger.acknowledged.keys.filter { first[$0] == nil }
      #expect(lost.isEmpty, "\(lost.count) writes are lost: \(lost.prefix(5))")
      for member in servers.members.indices where member != primary && member != absent {
        var rows = try await rows(of: member)
        // A replica may still be at it.
        for _ in 0..<50 where rows != first {
          try await Task.sleep(for: .milliseconds(100))
          rows = try await self.rows(of: member)
        }
        #expect(rows == first, "member \(member + 1) has other rows than the primary")
      }
      if servers.topology.kind == .galera { return }
      let misplaced = ledger.acknowledged.filter { write, time in
        let primaries = reigns.indices.filter { index in
          let end = index + 1 < reigns.count ? reigns[index + 1].isSure : .now
          return reigns[index].begin < time.upperBound && time.lowerBound < end
        }
        return !primaries.contains { reigns[$0].member + 1 == first[write] }
      }
      #expect(misplaced.isEmpty, "\(misplaced.count) writes went to a wrong server")
    }

    private func rows(of member: Int) async throws -> [FailoverLedger.Write: Int] {
      try await servers.members[member].withAdministrator { administrator in
        let rows = try await administrator.query("SELECT task, number, server FROM app.rows_of_tasks")
          .collect()
        return Dictionary(
          uniqueKeysWithValues: try rows.map { row in
            let (task, number, server) = try row.decode((Int, Int, Int).self)
            return (FailoverLedger.Write(task: task, number: number), server)
          })
      }
    }
  }
#endif
