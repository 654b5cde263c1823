import Foundation

/// What `live` was asked for.
struct LiveOptions {
  private(set) var rounds = 3
  private(set) var workloads = ["W1", "W2"]
  /// The kind of server; nil for both.
  private(set) var server: String?

  init(_ words: ArraySlice<String>) throws {
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      switch (parts.first, parts.last) {
      case ("--rounds", let value?) where (Int(value) ?? 0) > 0: rounds = Int(value) ?? rounds
      case ("--only", let value?): workloads = value.split(separator: ",").map(String.init)
      case ("--server", let value?) where ["mariadb", "mysql"].contains(value): server = value
      default:
        throw BenchmarkError("live does not take \(word): --rounds=N, --only=W1,W2, --server=mariadb|mysql")
      }
    }
    if let unknown = workloads.first(where: { !["W1", "W2"].contains($0) }) {
      throw BenchmarkError("there is no workload \(unknown): W1 and W2")
    }
  }
}
