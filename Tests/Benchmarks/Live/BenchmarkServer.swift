import Foundation
import MySQL

/// The server to measure against. The environment names it, because process lists do not show the password there.
enum BenchmarkServer {
  /// Returns the settings from BENCH_HOST, BENCH_PORT, BENCH_USER, BENCH_PASSWORD and BENCH_DATABASE.
  static func configuration() throws -> MySQLConfiguration {
    let environment = ProcessInfo.processInfo.environment
    guard let host = environment["BENCH_HOST"], let port = environment["BENCH_PORT"].flatMap(UInt16.init)
    else { throw BenchmarkError("BENCH_HOST and BENCH_PORT name no server") }
    var settings = MySQLConfiguration(
      .tcp(host: host, port: port), user: environment["BENCH_USER"] ?? "",
      password: environment["BENCH_PASSWORD"].map { MySQLSecret($0) }, database: environment["BENCH_DATABASE"]
    )
    // For caching_sha2_password without TLS.
    settings.publicKey = .askServer
    return settings
  }
}
