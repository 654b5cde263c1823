#if os(Linux)
  import Foundation
  import MySQL
  import Testing

  /// Several servers that belong together, and that tests start for themselves. Tests/topologies says what they are.
  struct OwnTopology: Sendable {
    let kind: Kind
    /// The servers, in the order of their folders. The first one is the primary, where there is one.
    let members: [OwnServer]
    private let folder: String

    enum Kind: Sendable, Hashable, Codable, CustomTestStringConvertible {
      case replication(OwnServer.Kind)
      case galera
      case group

      fileprivate var words: [String] {
        switch self {
        case .replication(let kind): ["replication", kind.rawValue]
        case .galera: ["galera"]
        case .group: ["group"]
        }
      }

      var testDescription: String { words.joined(separator: " ") }

      /// The kind of its servers.
      var server: OwnServer.Kind {
        switch self {
        case .replication(let kind): kind
        case .galera: .mariadb
        case .group: .mysql
        }
      }
    }

    /// The kinds that can be started here. MYSQL_TEST_OWN_SERVERS has a word of its own for Galera.
    static let kinds: [Kind] =
      OwnServer.kinds.map { .replication($0) } + (OwnServer.kinds.contains(.mysql) ? [.group] : [])
      + (words.contains("galera") ? [.galera] : [])

    private static let words = (ProcessInfo.processInfo.environment["MYSQL_TEST_OWN_SERVERS"] ?? "")
      .split(separator: " ").map(String.init)

    /// - Parameter options: Further options for each server.
    static func start(_ kind: Kind, _ options: [String] = []) async throws -> OwnTopology {
      let folder = "/tmp/mysql-own.\(String(UInt32.random(in: .min ... .max), radix: 36))"
      do {
        try await Program.run([OwnServer.script, "start"] + kind.words + [folder] + options)
        return try OwnTopology(kind, folder)
      } catch {
        await stop(folder)
        throw error
      }
    }

    /// Calls the closure with servers that are stopped afterwards.
    static func with(
      _ kind: Kind, _ options: [String] = [],
      _ body: nonisolated(nonsending) (OwnTopology) async throws -> Void
    ) async throws {
      let topology = try await start(kind, options)
      var failure: (any Error)?
      do { try await body(topology) } catch { failure = error }
      await topology.stop()
      if let failure { throw failure }
    }

    func stop() async { await Self.stop(folder) }

    /// Makes a member the primary of a replication or group.
    func promote(_ member: Int) async throws {
      try await Program.run(OwnServer.script, "promote", folder, "\(member + 1)")
    }

    /// Makes a former primary of a replication, which replies again, a replica of the present one.
    ///
    /// - Parameter isCopied: Whether its databases are replaced by the primary's. Without that, a server that has
    ///   transactions of its own is an error.
    func rejoin(_ member: Int, isCopied: Bool = false) async throws {
      try await Program.run(
        [OwnServer.script, "rejoin", folder, "\(member + 1)"] + (isCopied ? ["copy"] : []))
    }

    /// Returns the settings of the account `app`, which cannot write while a server is read-only, for servers that are
    /// reached at these ports.
    static func settings(ports: [Int]) -> MySQLConfiguration {
      var settings = MySQLConfiguration(user: "app", database: "app")
      settings.endpoints = ports.map { .tcp(host: "127.0.0.1", port: UInt16($0)) }
      settings.publicKey = .askServer
      return settings
    }

    var settings: MySQLConfiguration { Self.settings(ports: members.map(\.port)) }

    private static func stop(_ folder: String) async {
      try? await Program.run(OwnServer.script, "stop", folder)
      try? FileManager.default.removeItem(atPath: folder)
    }

    private init(_ kind: Kind, _ folder: String) throws {
      self.kind = kind
      self.folder = folder
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { Int($0) != nil }
      members = try names.sorted().map { try OwnServer(kind.server, "\(folder)/\($0)") }
    }
  }
#endif
