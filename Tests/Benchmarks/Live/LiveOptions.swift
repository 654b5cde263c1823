import Foundation

/// What `live` was asked for.
struct LiveOptions {
  private(set) var rounds = 3
  private(set) var workloads = Workload.allCases
  /// The kind of server; nil for both.
  private(set) var server: String?

  init(_ words: ArraySlice<String>) throws {
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      switch (parts.first, parts.last) {
      case ("--rounds", let value?) where (Int(value) ?? 0) > 0: rounds = Int(value) ?? rounds
      case ("--only", let value?): workloads = try value.split(separator: ",").map { try Self.workload($0) }
      case ("--server", let value?) where ["mariadb", "mysql"].contains(value): server = value
      default:
        throw BenchmarkError(
          "live does not take \(word): --rounds=N, --only=\(Self.names), --server=mariadb|mysql")
      }
    }
  }

  private static let names = Workload.allCases.map(\.rawValue).joined(separator: ",")

  private static func workload(_ name: Substring) throws -> Workload {
    guard let workload = Workload(rawValue: String(name)) else {
      throw BenchmarkError("there is no workload \(name): \(names)")
    }
    return workload
  }
}
