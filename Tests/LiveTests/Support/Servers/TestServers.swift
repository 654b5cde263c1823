import Foundation
import MySQLTesting
import Testing

/// The servers to test with: those of MYSQL_TEST_URLS, separated by spaces. The pass says whether connections to them
/// use TLS, whatever the URLs say.
enum TestServers {
  static let urls = (environment["MYSQL_TEST_URLS"] ?? "").split(separator: " ").map {
    withTLSMode(String($0), Pass.current?.hasTLS == true ? "required" : "disabled")
  }

  /// Whether tests reach the servers through a proxy that forwards one byte at a time.
  static let areSlow = Pass.current?.hasSingleBytes == true

  /// The URLs to connect to: those of the servers, or of the proxies in front of them.
  static let routes = areSlow ? urls.enumerated().map { route($1, proxies[$0]) } : urls

  /// Returns how much of something a test moves: `full`, or what passes in about a second when every byte is
  /// sent alone. The system's TCP then takes 3 to 4 µs a byte.
  static func amount(_ full: Int, aByteAtATime few: Int) -> Int { areSlow ? few : full }

  /// Returns how often to do something for which the kind of server makes no difference: every time with one kind, and
  /// a fifth of that with the other, unless the run is long.
  static func times(_ full: Int, with server: LiveServer, wholeWithMariaDB: Bool) -> Int {
    Pass.isLongRun || server.url.hasPrefix("mariadb:") == wholeWithMariaDB ? full : full / 5
  }

  /// What the tests' own proxies do: nothing, or forward one byte at a time.
  static let plan: FaultPlan = {
    let stream = StreamPlan(pieces: areSlow ? .of(1) : .asReceived)
    return FaultPlan(fromClient: stream, fromServer: stream)
  }()

  private static let environment = ProcessInfo.processInfo.environment

  private static func withTLSMode(_ url: String, _ mode: String) -> String {
    var components = URLComponents(string: url)
    var items = components?.queryItems ?? []
    items.removeAll { $0.name == "ssl-mode" }
    components?.queryItems = items + [URLQueryItem(name: "ssl-mode", value: mode)]
    return components?.string ?? url
  }

  private static let proxies = urls.map { url in
    let target = URLComponents(string: url)
    return try? FaultProxy(to: .tcp(target?.host ?? "127.0.0.1", port: target?.port ?? 3306), plan: plan)
  }

  private static func route(_ url: String, _ proxy: FaultProxy?) -> String {
    var components = URLComponents(string: url)
    components?.host = "127.0.0.1"
    // If there is no proxy, the tests fail to connect, rather than pass without having gone through it.
    components?.port = proxy?.port ?? 1
    return components?.string ?? url
  }
}
