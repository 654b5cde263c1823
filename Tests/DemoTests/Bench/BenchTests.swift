import Foundation
import MySQL
import MySQLTesting
import Testing

@testable import mysql_demo

extension Demo {
  /// Load tests against a server whose answers are known.
  @Suite struct Benching {
    private func object(_ run: CommandRun) throws -> [String: Any] {
      #expect(run.outputText.hasSuffix("}\n") && !run.outputText.dropLast().contains("\n"))
      return try #require(try JSONSerialization.jsonObject(with: run.output) as? [String: Any])
    }

    @Test func countsWhatWasDone() throws {
      let server = try BenchServer()
      defer { server.server.stop() }
      let run = try CommandRun.of(
        CommandRun.demo, server.words + ["--connections=2", "--tasks=5", "--format=json"])
      #expect(run.exitCode == 0, "\(run.errorText)")
      #expect(run.errors.isEmpty)
      let report = try object(run)
      let statements = try #require(report["statements"] as? Int)
      #expect(statements > 0)
      #expect(report["errors"] as? Int == 0)
      #expect(report["unfinished"] as? Int == 0)
      #expect(report["tasks"] as? Int == 5)
      #expect(report["connections"] as? Int == 2)
      #expect(report["interrupted"] as? Bool == false)
      let seconds = try #require(report["seconds"] as? Double)
      #expect((0.9..<3).contains(seconds))
      #expect(
        abs((report["rate"] as? Double ?? 0) - Double(statements) / seconds) < 1 + Double(statements) / 500)
      let rows = try #require(report["histogram_ms"] as? [[String: Any]])
      #expect(rows.reduce(0) { $0 + ($1["count"] as? Int ?? 0) } == statements)
      let times = try #require(report["latency_ms"] as? [String: Double])
      let percentiles = ["50", "90", "99", "99.9", "max"].compactMap { times[$0] }
      #expect(percentiles.count == 5 && percentiles == percentiles.sorted() && percentiles[0] > 0)
      // One connection to check that the server is there, and those of the pool.
      #expect(server.server.connections.count == 3)
      #expect(server.server.errors.isEmpty)
    }

    @Test func bindsANumberThatNoTwoRunsShare() throws {
      let server = try BenchServer()
      defer { server.server.stop() }
      let run = try CommandRun.of(
        CommandRun.demo,
        server.words + ["--connections=2", "--tasks=3", "--format=json", "-e", "SELECT {n} + {n}"])
      #expect(run.exitCode == 0, "\(run.errorText)")
      let statements = try #require(try object(run)["statements"] as? Int)
      let numbers = server.numbers.withLock { $0 }
      #expect(numbers.count == statements)
      #expect(Set(numbers).count == statements)
      // Once for each connection.
      #expect(server.prepared.withLock { $0 } == ["SELECT ? + ?", "SELECT ? + ?"])
    }

    @Test func countsErrorsByKindWithAnExample() throws {
      let server = try BenchServer { $0 % 3 == 0 }
      defer { server.server.stop() }
      let run = try CommandRun.of(CommandRun.demo, server.words + ["--tasks=2", "--format=json"])
      #expect(run.exitCode == 1)
      let report = try object(run)
      let errors = try #require(report["errors"] as? Int)
      let statements = try #require(report["statements"] as? Int)
      #expect(errors > 0 && abs(statements - 2 * errors) <= 2)
      let kinds = try #require(report["error_kinds"] as? [[String: Any]])
      #expect(kinds.count == 1)
      #expect(kinds.first?["kind"] as? String == "1205")
      #expect(kinds.first?["count"] as? Int == errors)
      let example = try #require(kinds.first?["example"] as? String)
      #expect(example.contains("Lock wait timeout exceeded; try"))
    }

    @Test func goesOnWhereConnectionsAreLost() throws {
      let server = try ScriptedServer { connection in
        _ = try connection.acceptLogin()
        for _ in 0..<5 {
          guard case .query = try connection.readCommand() else { return }
          try connection.sendOK()
        }
        _ = try connection.readCommand()
        connection.close()
      }
      defer { server.stop() }
      let run = try CommandRun.of(
        CommandRun.demo,
        ["bench", "--no-defaults", "-h127.0.0.1", "-P\(server.port)", "-uroot", "--ssl-mode=disabled"]
          + ["--duration=1", "--tasks=4"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains(" × connectionLost: "), "\(run.outputText)")
      #expect(server.connections.count > 10)
    }

    @Test func showsAHistogramForPeople() throws {
      let server = try BenchServer()
      defer { server.server.stop() }
      let run = try CommandRun.of(CommandRun.demo, server.words)
      #expect(run.exitCode == 0)
      let text = run.outputText
      #expect(text.hasPrefix("server      MySQL ") && text.contains("\nstatement   SELECT 1\n"))
      #expect(text.contains("load        16 tasks on at most 10 connections for 1."))
      #expect(text.contains("errors      0\nlatency     50% ") && text.contains(", max "))
      #expect(text.contains("  ████████████████████████████████████████  "))
      #expect(run.errors.isEmpty)
    }

    @Test func saysAtOnceWhyItCannotConnect() throws {
      let run = try CommandRun.of(
        CommandRun.demo, ["bench", "--no-defaults", "-h127.0.0.1", "-P\(try LocalListener.closedPort())"])
      #expect(run.exitCode == 1)
      #expect(run.errorText == "ERROR 2002 (HY000): Can't connect to server on '127.0.0.1' (115)\n")
      let format = try CommandRun.of(CommandRun.demo, ["bench", "--no-defaults", "-hx", "--format=csv"])
      #expect(format.exitCode == 1)
      #expect(format.errorText == "mysql-demo: bench has no other --format than json\n")
    }

    @Test(.atTerminal)
    func showsHowItGoesAndEndsWithControlC() throws {
      let server = try BenchServer()
      defer { server.server.stop() }
      let terminal = try PseudoTerminal(CommandRun.demo, server.words + ["--duration=60"])
      // 59 s or, on a busy machine, fewer.
      _ = try #require(terminal.read(until: " statements a second, 0 errors, 5"))
      terminal.type("\u{03}")
      let shown = try #require(terminal.read(until: ", ended by Ctrl-C\n"))
      // The line disappears before the report comes.
      #expect(shown.contains("server      MySQL"))
      #expect(terminal.read(until: "latency     50% ") != nil)
      #expect(terminal.wait() == 0)
    }
  }
}
