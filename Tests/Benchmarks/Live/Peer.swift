import Foundation

/// Whoever runs a workload in a process of its own: this library or libmariadb.
struct Peer {
  /// `ours`, `ours-executor`, `ours-plain` (where the others use TLS) or `c`.
  let name: String
  private let executable: URL
  private let words: [String]

  /// This library, by way of this very program; with the executor if asked.
  static func ours(_ workload: String, argument: String, onExecutor: Bool = false) throws -> Peer {
    let path = Bundle.main.executablePath ?? CommandLine.arguments[0]
    return Peer(
      name: onExecutor ? "ours-executor" : "ours", executable: URL(fileURLWithPath: path),
      words: ["sample", onExecutor ? workload + "-executor" : workload, argument])
  }

  /// This library without TLS, beside itself with it.
  static func oursPlain(_ workload: String, argument: String) throws -> Peer {
    let ours = try ours(workload, argument: argument)
    return Peer(name: "ours-plain", executable: ours.executable, words: ours.words)
  }

  static func libmariadb(_ executable: URL, _ workload: String, argument: String) -> Peer {
    Peer(name: "c", executable: executable, words: [workload, argument])
  }

  private init(name: String, executable: URL, words: [String]) {
    self.name = name
    self.executable = executable
    self.words = words
  }

  func measure(_ server: BenchmarkServer) throws -> Measurement {
    let output = try Subprocess.run(
      executable, words,
      environment: ProcessInfo.processInfo.environment.merging(server.environment) { $1 })
    guard let measurement = Measurement(output) else {
      throw BenchmarkError("\(name) printed no measurement: \(output)")
    }
    return measurement
  }
}

/// What a sample printed.
struct Measurement {
  let rate: Double
  let cpu: Double
  let memory: Double
  /// Nil for W2.
  let p50: Double?
  let checksum: String

  init?(_ line: String) {
    var words: [String: String] = [:]
    for word in line.split(whereSeparator: \.isWhitespace) {
      let parts = word.split(separator: "=", maxSplits: 1)
      if let key = parts.first, let value = parts.last { words[String(key)] = String(value) }
    }
    guard let rate = words["rate"].flatMap(Double.init), let cpu = words["cpu_s"].flatMap(Double.init),
      let memory = words["rss_mib"].flatMap(Double.init), let checksum = words["checksum"]
    else { return nil }
    self.rate = rate
    self.cpu = cpu
    self.memory = memory
    self.checksum = checksum
    p50 = words["p50_us"].flatMap(Double.init)
  }
}
