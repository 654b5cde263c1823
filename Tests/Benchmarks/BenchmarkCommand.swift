import Foundation

/// `mysql-bench`: measures the library and prints one line of key=value words for each result.
@main
struct BenchmarkCommand {
  private static let usage = """
    usage: mysql-bench core [--rows=1000000]
           mysql-bench live W1|W2|W2c|W3|W3c|W4|W5|W5m|W6|W7|W8a|W8b|W8c COUNT [\(LiveOptions.words)]
           mysql-bench tables make [ROWS]
           mysql-bench tables drop

    """

  static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      switch words.first {
      case "core": CoreBenchmark(rows: rows(words.dropFirst()) ?? 1_000_000).run()
      case "live": try await LiveCommand(words.dropFirst()).run()
      case "tables": try await TablesCommand(words.dropFirst()).run()
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

/// The reason that nothing was measured.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
