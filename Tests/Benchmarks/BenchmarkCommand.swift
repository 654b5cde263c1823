import Foundation

/// `mysql-bench`: measures the library and prints a line for each result, words of key=value.
@main
struct BenchmarkCommand {
  private static let usage = """
    usage: mysql-bench core [--rows=1000000]
           mysql-bench live [--rounds=3] [--only=W1,W2,…] [--server=mariadb|mysql]

    """

  static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      switch words.first {
      case "core": CoreBenchmark(rows: rows(words.dropFirst()) ?? 1_000_000).run()
      case "live": try await LiveBenchmark(LiveOptions(words.dropFirst())).run()
      // One sample for `live`, in a process of its own.
      case "sample": try await Sample(words.dropFirst()).run()
      default: throw BenchmarkError(usage)
      }
    } catch {
      FileHandle.standardError.write(Data("mysql-bench: \(error)\n".utf8))
      exit(error is BenchmarkError ? 2 : 1)
    }
  }

  private static func rows(_ options: ArraySlice<String>) -> Int? {
    options.first { $0.hasPrefix("--rows=") }.flatMap { Int($0.dropFirst("--rows=".count)) }
  }
}

/// Why nothing was measured.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
