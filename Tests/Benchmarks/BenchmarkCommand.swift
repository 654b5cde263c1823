import Foundation

/// `mysql-bench core`: measures the library and prints a line for each result, words of key=value.
@main
struct BenchmarkCommand {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    switch words.first {
    case "core": CoreBenchmark(rows: rows(words.dropFirst()) ?? 1_000_000).run()
    default:
      FileHandle.standardError.write(Data("usage: mysql-bench core [--rows=1000000]\n".utf8))
      exit(2)
    }
  }

  private static func rows(_ options: ArraySlice<String>) -> Int? {
    options.first { $0.hasPrefix("--rows=") }.flatMap { Int($0.dropFirst("--rows=".count)) }
  }
}

/// The processor time that this process has used.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
