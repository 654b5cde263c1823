#if os(Linux)
  import MySQL
  import Testing

  extension Demo {
    /// What the doctor reports about servers that belong together.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, .noOwnServers),
      .tags(.ownServers), .timeLimit(.minutes(5)))
    struct ComparingServers {
      private func diagnose(
        _ topology: OwnTopology, as user: String = "root", target: String = "prefer-replica"
      ) throws -> CommandRun {
        let servers = topology.members.map { "127.0.0.1:\($0.port)" }.joined(separator: ",")
        return try doctor("mysql://\(user)@\(servers)/?get-server-public-key=true&target=\(target)")
      }

      private func doctor(_ url: String) throws -> CommandRun {
        try CommandRun.of(CommandRun.demo, ["doctor"] + doctorPatience + ["--url=\(url)"])
      }

      private func run(_ member: OwnServer, _ statements: MySQLQuery...) async throws {
        try await member.withAdministrator { administrator in
          for statement in statements { try await administrator.execute(statement) }
        }
      }

      /// Repeats the diagnosis until it contains a text: servers need a moment to notice.
      private func diagnose(_ topology: OwnTopology, until text: String) async throws -> CommandRun {
        var run = try diagnose(topology)
        for _ in 1...20 where !run.outputText.contains(text) {
          try await Task.sleep(for: .milliseconds(250))
          run = try diagnose(topology)
        }
        #expect(run.outputText.contains(text), "\(run.outputText)")
        return run
      }

      @Test(arguments: OwnServer.kinds) func saysWhatIsWrongWithAReplication(
        _ kind: OwnServer.Kind
      ) async throws {
        try await OwnTopology.with(.replication(kind)) { topology in
          let (primary, replica) = (topology.members[0], topology.members[1])
          let places = topology.members.map { "127.0.0.1:\($0.port)" }

          let well = try await diagnose(topology, until: "replica of \(places[0])  0 s")
          #expect(well.exitCode == 0 && well.outputText.hasSuffix("All is well.\n"), "\(well.outputText)")
          #expect(well.outputText.contains("\nwrites    \(places[0])\n"))
          #expect(well.outputText.contains("\nreads     \(places.dropFirst().joined(separator: ", "))\n"))
          #expect(!well.outputText.contains("WRONG") && !well.outputText.contains("\nremark"))

          let unprivileged = try diagnose(topology, as: "app")
          let right = kind == .mariadb ? "REPLICA MONITOR" : "REPLICATION CLIENT"
          #expect(unprivileged.exitCode == 0)
          #expect(unprivileged.outputText.contains("read-only, may be a replica  needs \(right)\n"))

          try await run(replica, "SET GLOBAL read_only = 0")
          let writable = try diagnose(topology)
          #expect(writable.exitCode == 1)
          #expect(writable.outputText.contains("WRONG     \(places[1]): it is a replica and accepts writes"))

          try await run(replica, "SET sql_log_bin = 0", "CREATE USER demo_canary", "SET GLOBAL read_only = 1")
          try await run(primary, "CREATE USER demo_canary IDENTIFIED BY 'canary of a password'")
          let stopped = try await diagnose(topology, until: "replication from \(places[0]) has stopped: ")
          #expect(stopped.exitCode == 1)
          #expect(!stopped.outputText.contains("canary of a password"))

          try await run(primary, "SET GLOBAL read_only = 1")
          let none = try diagnose(topology)
          #expect(none.outputText.contains("WRONG     There is no primary"))
          #expect(none.outputText.contains("\nwrites    nowhere\n"))
        }
      }

      /// The words for a member of each kind of cluster, and for one that has left.
      @Test(arguments: OwnTopology.kinds.filter { [.galera, .group].contains($0) })
      func saysWhatIsWrongWithACluster(_ kind: OwnTopology.Kind) async throws {
        try await OwnTopology.with(kind) { topology in
          let well = try diagnose(topology)
          #expect(well.exitCode == 0 && well.outputText.hasSuffix("All is well.\n"), "\(well.outputText)")
          let member = kind == .galera ? "Galera node, Synced" : "group member, SECONDARY, ONLINE"
          #expect(well.outputText.contains("\(member), 3 members  "), "\(well.outputText)")

          if kind == .galera {
            try await run(topology.members[2], "SET GLOBAL wsrep_desync = ON")
          } else {
            try await run(topology.members[2], "STOP GROUP_REPLICATION")
          }
          let left = try diagnose(topology)
          #expect(left.exitCode == 1)
          let state = kind == .galera ? "is not Synced but Donor/Desynced" : "is not ONLINE but OFFLINE"
          #expect(left.outputText.contains(state), "\(left.outputText)")
        }
      }
    }
  }
#endif
