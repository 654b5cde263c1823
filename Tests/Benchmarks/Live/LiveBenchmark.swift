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
    var hasTable = false
    for workload in options.workloads {
      if workload.needsTable, !hasTable {
        try await server.prepareTable()
        hasTable = true
      }
      try Contest(
        workload: workload.rawValue, server: server, peers: workload.peers(libmariadb),
        yardstick: workload.yardstick
      ).run(rounds: options.rounds)
    }
  }
}

/// Prints a line at once, also into a pipe.
func report(_ line: String) {
  print(line)
  fflush(nil)
}
