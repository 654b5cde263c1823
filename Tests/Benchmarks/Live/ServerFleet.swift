import Foundation

/// The servers to measure against: those of MYSQL_TEST_URLS, or else one of each kind, started for the
/// purpose and stopped again.
struct ServerFleet {
  private(set) var servers: [BenchmarkServer] = []
  /// The folders of those that were started here.
  private var started: [String] = []

  private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../servers").standardizedFileURL

  mutating func gather(kind: String?, in folder: URL) async throws {
    let urls = ProcessInfo.processInfo.environment["MYSQL_TEST_URLS"] ?? ""
    if urls.contains(where: { !$0.isWhitespace }) {
      for url in urls.split(whereSeparator: \.isWhitespace) { try await add(String(url)) }
    } else {
      for kind in [kind].compactMap({ $0 }).isEmpty ? ["mariadb", "mysql"] : [kind ?? ""] {
        try await add(start(kind, in: folder.appendingPathComponent(kind).path))
      }
    }
    servers.removeAll { kind != nil && $0.kind != kind }
    guard !servers.isEmpty else {
      throw BenchmarkError("none of the servers in MYSQL_TEST_URLS is of that kind")
    }
  }

  /// Drops what was made, and stops what was started.
  func leave() async {
    for server in servers { try? await server.dropDatabase() }
    for folder in started { _ = try? Subprocess.run(Self.script, ["stop", folder]) }
  }

  private mutating func add(_ url: String) async throws {
    servers.append(try await BenchmarkServer(url: url, besides: servers))
  }

  private mutating func start(_ kind: String, in folder: String) throws -> String {
    started.append(folder)
    try Subprocess.run(Self.script, ["start", kind, folder, "--innodb-buffer-pool-size=512M"])
    let settings = try String(contentsOfFile: folder + "/server.env", encoding: .utf8).split(separator: "\n")
    guard let port = settings.first(where: { $0.hasPrefix("port=") })?.dropFirst("port=".count) else {
      throw BenchmarkError("\(folder)/server.env names no port")
    }
    return "mysql://root@127.0.0.1:\(port)"
  }
}
