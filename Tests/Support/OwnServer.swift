#if os(Linux)
  import Foundation
  import MySQL
  import Testing

  extension Comment {
    /// Why a test that starts servers is skipped.
    static var noOwnServers: Self { "no server can be started here: MYSQL_TEST_OWN_SERVERS is not set" }
  }

  /// A server that tests start for themselves, to change what would affect all clients of another.
  struct OwnServer: Sendable {
    let kind: Kind
    private let folder: String
    let port: Int
    private let socket: String

    enum Kind: String, Sendable, Codable, CaseIterable { case mysql, mariadb }

    /// The kinds that can be started here, from MYSQL_TEST_OWN_SERVERS.
    static let kinds = (ProcessInfo.processInfo.environment["MYSQL_TEST_OWN_SERVERS"] ?? "")
      .split(separator: " ").compactMap { Kind(rawValue: String($0)) }

    static let script = ProjectFile.root.appending(path: "Tests/servers").path

    /// - Parameter prefix: The words before the command, to run it elsewhere.
    static func start(
      _ kind: Kind, _ options: [String], after prefix: [String] = []
    ) async throws -> OwnServer {
      // Short, because the path of a unix socket has at most 107 bytes.
      let folder = "/tmp/mysql-own.\(String(UInt32.random(in: .min ... .max), radix: 36))"
      do {
        try await Program.run(prefix + [script, "start", kind.rawValue, folder] + options)
        return try OwnServer(kind, folder)
      } catch {
        await stop(folder)
        throw error
      }
    }

    func stop() async { await Self.stop(folder) }

    /// Ends the server's process at once, as a crash would.
    func kill() async throws { try await Program.run(Self.script, "kill", folder) }

    /// Starts a server that was killed or shut down, and returns when it accepts connections.
    func startAgain() async throws { try await Program.run(Self.script, "again", folder) }

    /// Stops the server's threads for a time, during which it sends nothing.
    func freeze(for time: Duration) async throws {
      try freeze()
      try? await Task.sleep(for: time)
      try thaw()
    }

    /// Stops the server's threads until `thaw`.
    func freeze() throws { try signal(SIGSTOP) }

    func thaw() throws { try signal(SIGCONT) }

    private func signal(_ number: Int32) throws {
      let text = try String(contentsOfFile: folder + "/server.pid", encoding: .utf8)
      let pid = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
      #expect(Foundation.kill(pid, number) == 0)
    }

    private static func stop(_ folder: String) async {
      try? await Program.run(script, "stop", folder)
      try? FileManager.default.removeItem(atPath: folder)
    }

    /// Reads what the script notes of a server that it has started in a folder.
    init(_ kind: Kind, _ folder: String) throws {
      let text = try String(contentsOfFile: folder + "/server.env", encoding: .utf8)
      let settings = Dictionary(
        text.split(separator: "\n").map { line in
          let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
          return (parts[0], parts.count > 1 ? parts[1] : "")
        }
      ) { $1 }
      self.kind = kind
      self.folder = folder
      port = try #require(settings["port"].flatMap { Int($0) })
      socket = try #require(settings["socket"])
    }

    /// Calls the closure with a connection of the administrator, over the unix socket.
    func withAdministrator<R>(
      _ body: nonisolated(nonsending) (MySQLConnection) async throws -> sending R
    ) async throws -> sending R {
      try await MySQLConnection.with(MySQLConfiguration(.unixSocket(path: socket), user: "root"), body)
    }
  }

  /// Starts a server of each kind for a suite, and stops them afterwards.
  struct OwnServers: SuiteTrait, TestScoping {
    @TaskLocal private static var running: [OwnServer.Kind: OwnServer] = [:]
    let options: @Sendable (OwnServer.Kind) -> [String]

    static func running(_ kind: OwnServer.Kind) throws -> OwnServer { try #require(running[kind]) }

    func provideScope(
      for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
      var servers: [OwnServer.Kind: OwnServer] = [:]
      var failure: (any Error)?
      do {
        for kind in OwnServer.kinds { servers[kind] = try await OwnServer.start(kind, options(kind)) }
        try await Self.$running.withValue(servers) { try await function() }
      } catch {
        failure = error
      }
      for server in servers.values { await server.stop() }
      if let failure { throw failure }
    }
  }
#endif
