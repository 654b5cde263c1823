import Foundation

/// Whoever runs a workload in a process of its own: this library or libmariadb.
struct Peer {
  /// `ours`, `ours-executor`, `ours-batch`, `ours-plain` (beside `ours` over TLS) or `c`.
  let name: String
  private let executable: URL
  private let words: [String]

  /// This library, by way of this very program.
  static func ours(_ workload: String, named name: String = "ours", argument: String) throws -> Peer {
    let path = Bundle.main.executablePath ?? CommandLine.arguments[0]
    return Peer(
      name: name, executable: URL(fileURLWithPath: path), words: ["sample", workload, argument])
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
  /// Nil where rows are measured and not queries.
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
