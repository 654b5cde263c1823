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

/// Every suite here except the fault matrix. They run one after the other, because some check what the server
/// counts for all its clients, and some measure time.
@Suite(.serialized, .byPass) enum Live {}

extension Trait where Self == NeedsServer {
  static var live: Self {
    live(if: !LiveServer.all.isEmpty, "there is no server to test with: MYSQL_TEST_URLS is not set")
  }
}

extension MySQLQueryable {
  /// Returns the first cell of each row.
  func values<Value: MySQLDecodable>(
    _ query: MySQLQuery, as type: Value.Type = Value.self
  ) async throws -> [Value] {
    try await self.query(query).collect().map { try $0.decode(at: 0) }
  }

  /// Returns the first cell of the first row.
  func value<Value: MySQLDecodable>(
    _ query: MySQLQuery, as type: Value.Type = Value.self
  ) async throws -> Value {
    let all = try await values(query, as: type)
    return try #require(all.first)
  }

  /// Expects a value in the first cell of the first row.
  func expect<Value: MySQLDecodable & Equatable>(
    _ query: MySQLQuery, _ expected: Value, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let value = try await value(query, as: Value.self)
    #expect(value == expected, sourceLocation: sourceLocation)
  }

  /// Returns the session's number at the server.
  func connectionID() async throws -> Int { try await value("SELECT CONNECTION_ID()") }

  /// Returns a number that the server counts for all its clients.
  func globalStatus(_ name: String) async throws -> Int {
    let row = try await query("SHOW GLOBAL STATUS LIKE \(unsafe: "'\(name)'")").collect().first
    return try #require(row.flatMap { Int(try $0.decode(at: 1, as: String.self)) })
  }
}

extension MySQLConnection {
  /// Creates a table `numbers` with a column `n` from 1 to a number.
  func makeNumbers(_ count: Int) async throws {
    try await execute("CREATE TABLE numbers (n INT PRIMARY KEY)")
    try await execute("INSERT INTO numbers VALUES (1)")
    var size = 1
    while size < count {
      try await execute("INSERT INTO numbers SELECT n + \(unsafe: "\(size)") FROM numbers")
      size *= 2
    }
    try await execute("DELETE FROM numbers WHERE n > \(unsafe: "\(count)")")
  }
}
