import MySQL
import MySQLTesting
import Testing

/// A real server that is reached through proxies that break connections.
struct FaultyServer: Sendable, CustomTestStringConvertible {
  let url: String

  static let all = TestServers.urls.map { FaultyServer(url: $0) }

  var testDescription: String { (try? settings()).map { "\($0.endpoint)" } ?? url }

  func settings() throws -> MySQLConfiguration {
    var settings = try MySQLConfiguration(url: url)
    settings.publicKey = .askServer
    return settings
  }

  func proxy() throws -> FaultProxy {
    guard case .tcp(let host, let port) = try settings().endpoint else {
      throw MySQLError(.configuration, "a proxy needs a TCP port")
    }
    return try FaultProxy(to: .tcp(host, port: Int(port)))
  }

  /// Makes a schema with what scenarios need, and drops it with all accounts that are named after it.
  func withSchema(_ body: (FaultSchema) async throws -> Void) async throws {
    let name = "faults_" + String(UInt64.random(in: .min ... .max), radix: 36)
    let admin = try await MySQLConnection.connect(settings())
    try await admin.execute("CREATE DATABASE \(identifier: name)")
    try await admin.execute("CREATE TABLE \(identifier: name).loaded (tag VARCHAR(100), n INT)")
    try await admin.execute("CREATE TABLE \(identifier: name).ledger (tag VARCHAR(100), n INT)")
    let schema = FaultSchema(name: name, admin: admin)
    var failure: (any Error)?
    do { try await body(schema) } catch { failure = error }
    try await admin.execute("DROP DATABASE \(identifier: name)")
    let accounts = try await admin.query(
      "SELECT user FROM mysql.user WHERE user LIKE '\(unsafe: name)%'"
    ).collect()
    for account in accounts {
      try await admin.execute("DROP USER \(identifier: account.decode(at: 0, as: String.self))@'%'")
    }
    await admin.close()
    if let failure { throw failure }
  }
}

/// The schema that scenarios work on.
struct FaultSchema: Sendable {
  let name: String
  let admin: MySQLConnection
  static let password = "canary-7f3a91"

  /// Creates an account, or creates it again, so that the server remembers no login of it.
  func makeAccount(_ suffix: String, method: String? = nil) async throws -> String {
    let account = "\(name)_\(suffix)"
    let identification =
      switch method {
      case nil: "IDENTIFIED BY '\(Self.password)'"
      case let method? where admin.server.isMariaDB:
        "IDENTIFIED VIA \(method) USING PASSWORD('\(Self.password)')"
      case let method?: "IDENTIFIED WITH \(method) BY '\(Self.password)'"
      }
    try await admin.execute("DROP USER IF EXISTS \(identifier: account)@'%'")
    try await admin.execute("CREATE USER \(identifier: account)@'%' \(unsafe: identification)")
    return account
  }

  /// Creates an account whose method is not the server's own, so that the server asks for that method after the login.
  func withAccountOfAnotherMethod(_ body: (String) async throws -> Void) async throws {
    guard admin.server.isMariaDB else {
      return try await body(makeAccount("other", method: "sha256_password"))
    }
    let rows = try await admin.query(
      "SELECT 1 FROM information_schema.plugins WHERE plugin_name = 'ed25519'"
    ).collect()
    if rows.isEmpty { try await admin.execute("INSTALL SONAME 'auth_ed25519'") }
    var failure: (any Error)?
    do { try await body(makeAccount("other", method: "ed25519")) } catch { failure = error }
    if rows.isEmpty { try await admin.execute("UNINSTALL SONAME 'auth_ed25519'") }
    if let failure { throw failure }
  }

  /// Returns the tags for which the table has some of the rows, but not all.
  func partial(in table: String, whole: Int) async throws -> [String] {
    let rows = try await admin.query(
      """
      SELECT tag FROM \(identifier: name).\(identifier: table)
      GROUP BY tag HAVING COUNT(*) <> \(unsafe: "\(whole)")
      """
    ).collect()
    return try rows.map { try $0.decode(at: 0) }
  }

  func tags(in table: String) async throws -> Set<String> {
    let rows = try await admin.query("SELECT DISTINCT tag FROM \(identifier: name).\(identifier: table)")
      .collect()
    return Set(try rows.map { try $0.decode(at: 0) })
  }
}
