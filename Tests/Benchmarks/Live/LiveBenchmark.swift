import Foundation

/// This library and libmariadb, in turns against the same servers.
struct LiveBenchmark {
  private let options: LiveOptions

  init(_ options: LiveOptions) { self.options = options }

  func run() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("mysql-bench-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var fleet = ServerFleet()
    do {
      let libmariadb = libmariadb(in: folder)
      try await fleet.gather(kind: options.server, in: folder)
      for server in fleet.servers { try await measure(server, libmariadb) }
    } catch {
      await fleet.leave()
      throw error
    }
    await fleet.leave()
  }

  /// The peer in C; without it, ours are measured alone.
  private func libmariadb(in folder: URL) -> URL? {
    do {
      return try LibmariadbPeer.build(in: folder)
    } catch {
      report("peer=c missing: \(error)")
      return nil
    }
  }

  private func measure(_ server: BenchmarkServer, _ libmariadb: URL?) async throws {
    if options.workloads.contains("W1") {
      var peers = [
        try Peer.ours("W1", argument: "20000"), try Peer.ours("W1", argument: "20000", onExecutor: true),
      ]
      if let libmariadb { peers.append(.libmariadb(libmariadb, "W1", argument: "20000")) }
      try Contest(workload: "W1", server: server, peers: peers).run(rounds: options.rounds)
    }
    if options.workloads.contains("W2") {
      try await server.prepareTable()
      var peers = [try Peer.ours("W2", argument: SampleTable.query)]
      if let libmariadb { peers.append(.libmariadb(libmariadb, "W2", argument: SampleTable.query)) }
      try Contest(workload: "W2", server: server, peers: peers).run(rounds: options.rounds)
    }
    if options.workloads.contains("W2-tls") {
      try await server.prepareTable()
      let peers = [
        try Peer.ours("W2-tls", argument: SampleTable.query),
        try Peer.oursPlain("W2", argument: SampleTable.query),
      ]
      try Contest(workload: "W2-tls", server: server, peers: peers, yardstick: "ours-plain")
        .run(rounds: options.rounds)
    }
  }
}

/// Prints a line at once, also into a pipe.
func report(_ line: String) {
  print(line)
  fflush(nil)
}
