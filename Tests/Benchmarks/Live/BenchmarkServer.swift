import Foundation
import MySQL

/// The server to measure against, which the environment names: no list of processes shows the password there.
enum BenchmarkServer {
  /// Where BENCH_HOST, BENCH_PORT, BENCH_USER, BENCH_PASSWORD and BENCH_DATABASE say.
  static func configuration() throws -> MySQLConfiguration {
    let environment = ProcessInfo.processInfo.environment
    guard let host = environment["BENCH_HOST"], let port = environment["BENCH_PORT"].flatMap(UInt16.init)
    else { throw BenchmarkError("BENCH_HOST and BENCH_PORT name no server") }
    var settings = MySQLConfiguration(
      .tcp(host: host, port: port), user: environment["BENCH_USER"] ?? "",
      password: environment["BENCH_PASSWORD"].map { MySQLSecret($0) }, database: environment["BENCH_DATABASE"]
    )
    // caching_sha2_password without TLS.
    settings.publicKey = .askServer
    return settings
  }
}
