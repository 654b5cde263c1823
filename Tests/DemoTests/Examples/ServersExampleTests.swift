#if os(Linux)
  import MySQL
  import Testing

  extension Demo {
    /// The example of Docs/SeveralServers.md, with each topology that the page describes.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, .noOwnServers),
      .tags(.ownServers), .timeLimit(.minutes(5)))
    struct ServersExample {
      @Test(arguments: OwnTopology.kinds) func tillsReadTheirOrdersAtOnce(
        _ kind: OwnTopology.Kind
      ) async throws {
        try await OwnTopology.with(kind) { topology in
          var settings = topology.settings
          settings.target = .preferReplica
          let program = CommandRun.demo.deletingLastPathComponent().appendingPathComponent("example-servers")
          let run = try CommandRun.of(program, [settings.url, "2"])
          let report = "\(run.outputText)\(run.errorText)"
          #expect(run.exitCode == 0, "\(report)")
          #expect(run.outputText.contains(" orders, 0 lost, 0 read too early, 0 calls failed\n"), "\(report)")
          let replicas = topology.members.dropFirst().map { "127.0.0.1:\($0.port) replica" }
          let roles = (["127.0.0.1:\(topology.members[0].port) primary"] + replicas).joined(separator: ", ")
          #expect(run.outputText.contains("\(roles)\n"), "\(report)")
        }
      }
    }
  }
#endif
