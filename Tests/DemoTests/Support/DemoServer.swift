import Foundation
import MySQL
import Testing

/// A server of MYSQL_TEST_URLS, which both commands use as root.
struct DemoServer: Sendable, CustomTestStringConvertible {
  let configuration: MySQLConfiguration

  static let all: [DemoServer] = (ProcessInfo.processInfo.environment["MYSQL_TEST_URLS"] ?? "")
    .split(separator: " ").compactMap { url in
      (try? MySQLConfiguration(url: String(url))).map { DemoServer(configuration: $0) }
    }

  /// The unix sockets of the servers, where MYSQL_TEST_SOCKETS names them.
  static let sockets = (ProcessInfo.processInfo.environment["MYSQL_TEST_SOCKETS"] ?? "")
    .split(separator: " ").map(String.init)

  var testDescription: String { configuration.url }

  /// The arguments with which both commands connect to it.
  var arguments: [String] {
    guard case .tcp(let host, let port) = configuration.endpoint else { return [] }
    return ["--no-defaults", "-h\(host)", "-P\(port)", "-u\(configuration.user)"]
  }

  /// The arguments that only ours needs: without TLS, the client must ask MySQL for its key.
  var ownArguments: [String] { ["--get-server-public-key", "--ssl-mode=preferred"] }

  func run(_ statements: MySQLQuery...) async throws {
    try await MySQLConnection.with(configuration) { connection in
      for statement in statements { try await connection.execute(statement) }
    }
  }
}

/// Every suite here. They run one after the other, because they measure time and share servers.
@Suite(.serialized, .byPass, .timed) enum Demo {}

extension Trait where Self == NeedsServer {
  static var live: Self {
    live(if: !DemoServer.all.isEmpty, "there is no server to test with: MYSQL_TEST_URLS is not set")
  }
}

extension Trait where Self == ConditionTrait {
  /// For tests that compare with the official command.
  static var official: Self {
    .enabled(if: CommandRun.official != nil, "the mariadb command is not installed (mariadb-client)")
  }
}
