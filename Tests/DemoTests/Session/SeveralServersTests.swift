import Foundation
import MySQL
import MySQLTesting
import Testing

@testable import mysql_demo

extension Demo {
  /// Several servers in one URL.
  @Suite struct SeveralServers {
    /// Returns a server that answers each query with a word.
    private static func server(
      at address: ServerAddress = .loopback, saying word: String = "here"
    ) throws -> ScriptedServer {
      try ScriptedServer(at: address) { connection in
        _ = try connection.acceptLogin()
        while true {
          switch try connection.readCommand() {
          case .query(let sql) where sql.hasPrefix("SELECT '"):
            try connection.sendResult(columns: ["a"], rows: [[.text(word)]])
          case .quit: return
          default: try connection.sendOK()
          }
        }
      }
    }

    private static func url(_ hosts: String) -> String { "--url=mysql://root@\(hosts)/?ssl-mode=disabled" }

    @Test func theOneThatIsThereIsUsedAndShown() throws {
      let server = try Self.server()
      defer { server.stop() }
      let closed = try LocalListener.closedPort()
      let words = ["--no-defaults", Self.url("127.0.0.1:\(closed),127.0.0.1:\(server.port)")]
      let run = try CommandRun.of(
        CommandRun.demo, words + ["-N"], input: Data("SELECT 'a';\n\\s\n\\r\nSELECT 'b';\n".utf8))
      #expect(run.exitCode == 0 && run.errors.isEmpty, "\(run.errorText)")
      #expect(run.outputText.hasPrefix("here\n") && run.outputText.hasSuffix("here\n"))
      #expect(run.outputText.contains("TCP port:\t\t\(server.port)\n"), "\(run.outputText)")
      let other = try CommandRun.of(CommandRun.demo, words + ["-P\(server.port)", "-e", "SELECT 'a'"])
      #expect(other.errorText.contains("named twice") || other.exitCode != 0)
    }

    @Test func aHostOfTheCommandLineReplacesThem() throws {
      let server = try Self.server()
      defer { server.stop() }
      let run = try CommandRun.of(
        CommandRun.demo,
        [
          "--no-defaults", Self.url("no..such..host,no..other..host"), "-h127.0.0.1", "-P\(server.port)",
          "-N",
        ]
          + ["-e", "SELECT 'a'"])
      #expect(run.outputText == "here\n", "\(run.errorText)")
    }

    @Test func whereNoneIsThereEachReasonIsGiven() throws {
      let ports = try (0..<2).map { _ in try LocalListener.closedPort() }
      let run = try CommandRun.of(
        CommandRun.demo,
        ["--no-defaults", Self.url(ports.map { "127.0.0.1:\($0)" }.joined(separator: ","))]
          + ["-e", "SELECT 'a'"])
      #expect(run.exitCode == 1)
      #expect(run.errorText.hasPrefix("ERROR 2002 (HY000): cannot connect to 127.0.0.1:\(ports[0]), "))
      for port in ports { #expect(run.errorText.contains("127.0.0.1:\(port): Connection refused")) }
    }

    @Test func theDoctorChecksEach() throws {
      let server = try Self.server()
      defer { server.stop() }
      let closed = try LocalListener.closedPort()
      let run = try diagnose([Self.url("127.0.0.1:\(closed),127.0.0.1:\(server.port)")])
      #expect(run.exitCode == 1)
      #expect(run.outputText.hasPrefix("--- 127.0.0.1:\(closed)\n"), "\(run.outputText)")
      #expect(run.outputText.contains("nothing listens on port \(closed)"))
      let rest = try #require(run.outputText.range(of: "--- 127.0.0.1:\(server.port)\n"))
      #expect(run.outputText[rest.upperBound...].contains("\nlogin     "), "\(run.outputText)")
    }

    /// The number of a session means something only to the server that assigned it.
    @Test func controlCStopsTheStatementAtItsServer() async throws {
      let statements = Locked<[String]>([])
      let server = try ScriptedServer.noting(statements) { connection, sql in
        if sql.contains("processlist") {
          return try connection.sendResult(columns: [.init("COUNT(*)", .bigint)], rows: [[.integer(1)]])
        }
        try connection.sendOK()
      }
      defer { server.stop() }
      let other = try ScriptedServer { try $0.sendError(1040, state: "08004", message: "no room") }
      defer { other.stop() }
      let connection = try await MySQLConnection.connect(
        url: "mysql://root@127.0.0.1:\(other.port),127.0.0.1:\(server.port)/?ssl-mode=disabled")
      let count = other.connections.count
      let interrupts = Interrupts()
      interrupts.begin()
      await interrupts.during(connection) {
        interrupts.interrupt()
        await interrupts.settle()
      }
      await connection.close()
      #expect(statements.withLock { $0 }.contains { $0.hasPrefix("KILL QUERY") })
      #expect(other.connections.count == count)
    }

    @Test(.enabled(if: Namespace.hasOwnFiles, "needs root and unshare for a mount namespace"))
    func aNameThatHasMovedIsFollowedAtTheNextConnect() throws {
      let first = try Self.server(saying: "first")
      defer { first.stop() }
      let second = try Self.server(at: .tcp("127.0.0.2", port: first.port), saying: "second")
      defer { second.stop() }
      let run = try Namespace.run(
        ["--no-defaults", Self.url("db.test:\(first.port)"), "-N"],
        with: "127.0.0.1 db.test\n", as: "/etc/hosts",
        input: """
          SELECT 'a';
          \\! echo 127.0.0.2 db.test > /etc/hosts
          \\r
          SELECT 'b';

          """)
      #expect(run.outputText == "first\nsecond\n", "\(run.errorText)")
    }

    @Test(.enabled(if: Namespace.hasOwnFiles, "needs root and unshare for a mount namespace"))
    func aNameServerThatIsSilentHoldsUpNoOtherServer() throws {
      let server = try Self.server()
      defer { server.stop() }
      let names = try SilentNameServer()
      defer { names.stop() }
      let start = ContinuousClock.now
      let run = try Namespace.run(
        ["--no-defaults", Self.url("db.test,127.0.0.1:\(server.port)"), "-N", "-e", "SELECT 'a'"],
        with: "nameserver \(names.address)\noptions timeout:30 attempts:1\n",
        as: "/etc/resolv.conf")
      #expect(run.outputText == "here\n", "\(run.errorText)")
      // The name server was asked, and nobody waited for it.
      #expect(names.wasAsked)
      #expect(start.duration(to: .now) < .seconds(8))
    }
  }
}
