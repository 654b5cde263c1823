#if os(Linux)
  import Foundation
  import MySQL
  import Testing

  /// A MySQL Router in front of a server, with a port for each way to handle the client's TLS.
  struct Router: Sendable {
    private let folder: String
    private let ports: [String: UInt16]

    enum Route: String, Sendable, Codable, CaseIterable { case passthrough, preferred, disabled }

    /// Whether a router can be started here, from MYSQL_TEST_OWN_SERVERS.
    static let canStart = (ProcessInfo.processInfo.environment["MYSQL_TEST_OWN_SERVERS"] ?? "")
      .split(separator: " ").contains("router")

    static func with(
      _ server: LiveServer, _ body: nonisolated(nonsending) (Router) async throws -> Void
    ) async throws {
      guard case .tcp(_, let port) = try server.configuration().endpoint else { return }
      let folder = "/tmp/mysql-own.\(String(UInt32.random(in: .min ... .max), radix: 36))"
      var failure: (any Error)?
      do {
        try await Program.run(OwnServer.script, "start", "router", folder, "\(port)")
        try await body(Router(folder))
      } catch {
        failure = error
      }
      try? await Program.run(OwnServer.script, "stop", folder)
      try? FileManager.default.removeItem(atPath: folder)
      if let failure { throw failure }
    }

    private init(_ folder: String) throws {
      self.folder = folder
      let text = try String(contentsOfFile: folder + "/server.env", encoding: .utf8)
      ports = Dictionary(
        text.split(separator: "\n").compactMap { line in
          let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
          return parts.count == 2 ? UInt16(parts[1]).map { (parts[0], $0) } : nil
        }
      ) { $1 }
    }

    func configuration(
      _ route: Route, of server: LiveServer, tls: MySQLTLS.Mode
    ) throws -> MySQLConfiguration {
      let port = try #require(ports[route.rawValue])
      return try server.configuration {
        $0.endpoint = .tcp(host: "127.0.0.1", port: port)
        $0.tls.mode = tls
      }
    }
  }
#endif
