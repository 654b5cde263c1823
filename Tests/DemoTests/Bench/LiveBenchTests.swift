import Foundation
import MySQL
import Testing

extension Demo {
  /// Load tests of real servers.
  @Suite(.live) struct LiveBenching {
    @Test(arguments: DemoServer.all)
    func doesAtTheServerWhatItCounts(_ server: DemoServer) async throws {
      try await server.run(
        "CREATE DATABASE IF NOT EXISTS demo_bench", "DROP TABLE IF EXISTS demo_bench.t",
        "CREATE TABLE demo_bench.t (n BIGINT PRIMARY KEY)")
      let run = try CommandRun.of(
        CommandRun.demo,
        ["bench"] + server.arguments + server.ownArguments
          + ["-Ddemo_bench", "--duration=1", "--format=json", "-e", "INSERT INTO t VALUES ({n})"])
      #expect(run.exitCode == 0, "\(run.outputText)\(run.errorText)")
      let report = try #require(try JSONSerialization.jsonObject(with: run.output) as? [String: Any])
      let rows = try await MySQLConnection.with(server.configuration) { connection in
        try await connection.query("SELECT COUNT(*), MIN(n) FROM demo_bench.t").collect()[0].decode(
          (Int, Int).self)
      }
      try await server.run("DROP DATABASE demo_bench")
      #expect(report["statements"] as? Int == rows.0)
      #expect(rows.0 > 50 && rows.1 == 1)
    }

    @Test(arguments: DemoServer.all)
    func stopsWhatDoesNotEnd(_ server: DemoServer) async throws {
      let start = ContinuousClock.now
      let run = try CommandRun.of(
        CommandRun.demo,
        ["bench"] + server.arguments + server.ownArguments
          + ["--tasks=3", "--duration=1", "-e", "SELECT SLEEP(73)"])
      #expect(start.duration(to: .now) < .seconds(20))
      #expect(run.outputText.contains("given up    3 that had not ended a second later\n"))
      #expect(run.exitCode == 1)
      let left = try await MySQLConnection.with(server.configuration) { connection in
        try await connection.query("SHOW FULL PROCESSLIST").collect()
          .count {
            $0["Info"].map { String(decoding: $0.bytes, as: UTF8.self).contains("SLEEP(73)") } ?? false
          }
      }
      #expect(left == 0)
    }

    @Test(arguments: DemoServer.all)
    func failsAtOnceWithAWrongPassword(_ server: DemoServer) throws {
      let run = try CommandRun.of(
        CommandRun.demo,
        ["bench"] + server.arguments + server.ownArguments + ["-unosuchuser", "-pwrong", "--wait"])
      #expect(run.exitCode == 1)
      #expect(run.errorText.hasPrefix("ERROR 1045 (28000): Access denied for user 'nosuchuser'"))
      #expect(run.output.isEmpty)
    }
  }
}
