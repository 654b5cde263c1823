import Foundation

/// What `live` was asked for.
struct LiveOptions {
  private(set) var rounds = 3
  private(set) var workloads = known
  private static let known = ["W1", "W2", "W2-tls"]
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
        throw BenchmarkError(
          "live does not take \(word): --rounds=N, --only=W1,W2,W2-tls, --server=mariadb|mysql")
      }
    }
    if let unknown = workloads.first(where: { !Self.known.contains($0) }) {
      throw BenchmarkError("there is no workload \(unknown): \(Self.known.joined(separator: ", "))")
    }
  }
}
