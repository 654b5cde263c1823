import Foundation
import MySQL
import Testing

/// A server that tests may use as its root: they create their own schemas and accounts, and drop them.
///
/// The servers are those of MYSQL_TEST_URLS, separated by spaces. MYSQL_TEST_SOCKETS has the paths of their
/// unix sockets, and MYSQL_TEST_CERTIFICATES has folders with their authority's `ca.pem` and a client's
/// certificate, both in the same order.
struct LiveServer: Sendable, Codable, CustomTestStringConvertible {
  let url: String
  let socket: String?
  let certificates: String?

  static let all: [LiveServer] = {
    let (sockets, certificates) = (words("MYSQL_TEST_SOCKETS"), words("MYSQL_TEST_CERTIFICATES"))
    return TestServers.routes.enumerated().map { index, url in
      LiveServer(
        url: url, socket: index < sockets.count ? sockets[index] : nil,
        certificates: index < certificates.count ? certificates[index] : nil)
    }
  }()

  private static func words(_ variable: String) -> [String] {
    (ProcessInfo.processInfo.environment[variable] ?? "").split(separator: " ").map(String.init)
  }

  var testDescription: String { configuration.map { "\($0)" } ?? "a URL that cannot be read" }

  private var configuration: MySQLConfiguration? { try? MySQLConfiguration(url: url) }

  /// Returns the server's settings, with changes.
  func configuration(
    _ change: (inout MySQLConfiguration) -> Void = { _ in }
  ) throws -> MySQLConfiguration {
    var configuration = try MySQLConfiguration(url: url)
    change(&configuration)
    return configuration
  }

  func connect(_ change: (inout MySQLConfiguration) -> Void = { _ in }) async throws -> MySQLConnection {
    try await MySQLConnection.connect(configuration(change))
  }

  @discardableResult
  func withConnection<R>(
    _ change: (inout MySQLConfiguration) -> Void = { _ in },
    _ body: nonisolated(nonsending) (MySQLConnection) async throws -> sending R
  ) async throws -> sending R {
    try await MySQLConnection.with(configuration(change), body)
  }

  /// Creates a schema, uses it on one connection, and drops it on another: the first may be lost by then.
  func withSchema(
    _ change: (inout MySQLConfiguration) -> Void = { _ in },
    _ body: nonisolated(nonsending) (MySQLConnection, String) async throws -> Void
  ) async throws {
    let name = randomName()
    try await withConnection { try await $0.execute("CREATE DATABASE \(identifier: name)") }
    var failure: (any Error)?
    do {
      try await withConnection {
        $0.database = name
        change(&$0)
      } _: {
        try await body($0, name)
      }
    } catch {
      failure = error
    }
    try await withConnection { try await $0.execute("DROP DATABASE \(identifier: name)") }
    if let failure { throw failure }
  }

  /// Creates an account with a password, calls the closure, and drops the account.
  func withAccount(
    password: String, options: String = "",
    _ body: nonisolated(nonsending) (String) async throws -> Void
  ) async throws {
    let name = randomName()
    try await withConnection {
      try await $0.execute(
        "CREATE USER \(identifier: name)@'%' IDENTIFIED BY '\(unsafe: password)' \(unsafe: options)")
    }
    var failure: (any Error)?
    do { try await body(name) } catch { failure = error }
    try await withConnection { try await $0.execute("DROP USER \(identifier: name)@'%'") }
    if let failure { throw failure }
  }

  /// Returns how many clients, by the server's count, left without a goodbye or did not get in, once all others
  /// have gone.
  func abortedClients() async throws -> [String: Int] {
    try await withConnection { connection in
      try await waitForOthers(than: connection)
      let rows = try await connection.query(
        "SHOW GLOBAL STATUS WHERE variable_name IN ('Aborted_clients', 'Aborted_connects')"
      ).collect()
      #expect(rows.count == 2)
      return Dictionary(
        uniqueKeysWithValues: try rows.map { row in
          (try row.decode(at: 0, as: String.self), try #require(Int(row.decode(at: 1, as: String.self))))
        })
    }
  }

  private func randomName() -> String {
    "live_" + String(UInt64.random(in: .min ... .max), radix: 36)
  }
}
