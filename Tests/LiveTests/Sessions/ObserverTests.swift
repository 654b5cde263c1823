import MySQL
import Synchronization
import Testing

extension Live {
  @Suite(.live) struct ObserverTests {
    @Test(arguments: LiveServer.all) func anObserverHearsWhatIsDone(server: LiveServer) async throws {
      let log = Log()
      try await server.withSchema { connection, _ in
        try await connection.makeNumbers(500)
        let schema = try #require(connection.configuration.database)
        let watched = try await MySQLConnection.connect(
          server.configuration { $0.database = schema }, observer: log)
        _ = try await watched.query("SELECT n FROM numbers").collect()
        _ = try? await watched.execute("SELEC")
        try await watched.ping()
        await watched.close()
      }
      #expect(
        log.lines == [
          "connected", "started query SELECT n FROM numbers", "finished query, 500 rows",
          "started query SELEC",
          "finished query, 0 rows, 1064", "started ping", "finished ping, 0 rows", "closed",
        ])
      let query = try #require(log.outcomes.first)
      // Each of the 500 numbers takes two bytes or more, plus a packet header.
      #expect(query.bytesReceived > 500 * 6)
      #expect(query.bytesSent > "SELECT n FROM numbers".utf8.count)
      #expect(query.duration > .zero)
    }

    @Test(arguments: LiveServer.all)
    func anObserverHearsOfALostConnection(server: LiveServer) async throws {
      let log = Log()
      let watched = try await MySQLConnection.connect(server.configuration(), observer: log)
      try await server.withConnection {
        try await $0.execute("KILL \(unsafe: "\(watched.server.connectionID)")")
      }
      for _ in 0..<100 where !watched.isClosed { try await Task.sleep(for: .milliseconds(10)) }
      try await Task.sleep(for: .milliseconds(10))
      await watched.close()
      #expect(log.lines == ["connected", "closed connectionLost"])
    }

    @Test(arguments: LiveServer.all) func anObserverHearsOfAFailedLogin(server: LiveServer) async throws {
      let log = Log()
      _ = try? await MySQLConnection.connect(
        server.configuration {
          $0.user = "live_nobody"
          $0.password = "geheim"
        }, observer: log)
      #expect(log.lines == ["failed authentication"])
    }

    private final class Log: MySQLObserver {
      private let state = Mutex<(lines: [String], outcomes: [MySQLCommand.Outcome])>(([], []))

      var lines: [String] { state.withLock { $0.lines } }
      var outcomes: [MySQLCommand.Outcome] { state.withLock { $0.outcomes } }

      private func note(_ line: String) { state.withLock { $0.lines.append(line) } }

      func connectionOpened(_ connection: MySQLServerInfo, after duration: Duration) { note("connected") }
      func connectionFailed(_ error: MySQLError, after duration: Duration) { note("failed \(error.kind)") }
      func commandStarted(_ command: MySQLCommand) {
        note(["started", command.name, command.statement].compactMap(\.self).joined(separator: " "))
      }
      func commandFinished(_ command: MySQLCommand, _ outcome: MySQLCommand.Outcome) {
        let code = outcome.error.map { ", \($0.server?.code.rawValue ?? 0)" } ?? ""
        note("finished \(command.name), \(outcome.rows) rows\(code)")
        state.withLock { $0.outcomes.append(outcome) }
      }
      func connectionClosed(_ connection: MySQLServerInfo, because error: MySQLError?) {
        note("closed" + (error.map { " \($0.kind)" } ?? ""))
      }
    }
  }
}
