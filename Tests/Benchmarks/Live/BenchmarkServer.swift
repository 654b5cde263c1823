import Foundation
import MySQL

/// A server to measure against. What samples need to know of it travels in the environment, where no list of
/// processes shows the password.
struct BenchmarkServer {
  /// `mariadb` or `mysql`; with a number behind it if there are several.
  let name: String
  let environment: [String: String]

  static let database = "swift_mysql_bench"

  /// Asks the server at the URL what it is, and makes the database.
  init(url: String, besides others: [BenchmarkServer] = []) async throws {
    let connection = try await MySQLConnection.connect(
      Self.configuration(of: ["BENCH_URL": url], database: nil))
    try await connection.execute("CREATE DATABASE IF NOT EXISTS \(identifier: Self.database)")
    let kind = connection.server.isMariaDB ? "mariadb" : "mysql"
    let number = others.count { $0.name.hasPrefix(kind) } + 1
    name = number == 1 ? kind : "\(kind)-\(number)"
    environment = Self.environment(of: connection.configuration, url: url)
    await connection.close()
  }

  var kind: String { name.hasPrefix("mariadb") ? "mariadb" : "mysql" }

  /// How this library connects, given the environment of a sample.
  static func configuration(
    of environment: [String: String], database: String? = database, tls mode: MySQLTLSMode = .disabled
  ) throws -> MySQLConfiguration {
    guard let url = environment["BENCH_URL"] else { throw BenchmarkError("BENCH_URL is not set") }
    var configuration = try MySQLConfiguration(url: url)
    // libmariadb uses no TLS unless told to.
    configuration.tls = MySQLTLS(mode: mode)
    configuration.publicKey = .askServer
    configuration.database = database
    // Nothing is in between.
    configuration.pipelining = true
    return configuration
  }

  /// What the C peer reads, and the URL for this library.
  private static func environment(of configuration: MySQLConfiguration, url: String) -> [String: String] {
    var environment = ["BENCH_URL": url, "BENCH_DATABASE": database, "BENCH_USER": configuration.user]
    environment["BENCH_PASSWORD"] = configuration.password.map { String(decoding: $0.bytes, as: UTF8.self) }
    switch configuration.endpoint {
    case .tcp(let host, let port):
      environment["BENCH_HOST"] = host
      environment["BENCH_PORT"] = String(port)
    case .unixSocket(let path): environment["BENCH_SOCKET"] = path
    }
    return environment
  }

  /// The table that W2 reads, of a million rows, unless it is there.
  func prepareTable() async throws {
    let connection = try await MySQLConnection.connect(Self.configuration(of: environment))
    do {
      try await SampleTable(connection).prepare()
      await connection.close()
    } catch {
      await connection.close()
      throw error
    }
  }

  func dropDatabase() async throws {
    let connection = try await MySQLConnection.connect(Self.configuration(of: environment))
    try await connection.execute("DROP DATABASE IF EXISTS \(identifier: Self.database)")
    await connection.close()
  }
}
