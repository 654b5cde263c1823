import Foundation

/// Time and processor time from its making to `print`, and the peak of this process's memory.
struct Meter {
  private let start = Self.now()
  private let processor = Self.processorSeconds()

  /// Prints what was measured as one line of key=value words.
  func print(count: Int, latencies: [Double] = [], checksum: String) {
    let (seconds, cpu) = (Self.now() - start, Self.processorSeconds() - processor)
    var words = [
      "rate=\(Int(Double(count) / seconds))", "cpu_s=\(cpu.rounded(to: 3))",
      "rss_mib=\(Self.peakMebibytes().rounded(to: 1))",
    ]
    if !latencies.isEmpty {
      words.append("p50_us=\((latencies.sorted()[latencies.count / 2] * 1e6).rounded(to: 1))")
    }
    Swift.print((words + ["checksum=\(checksum)"]).joined(separator: " "))
  }

  static func now() -> Double { seconds(CLOCK_MONOTONIC) }

  static func processorSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// VmHWM; 0 where there is no /proc.
  private static func peakMebibytes() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (Double(line.filter(\.isNumber)) ?? 0) / 1024
  }
}

extension Double {
  func rounded(to digits: Int) -> Double {
    let scale = pow(10, Double(digits))
    return (self * scale).rounded() / scale
  }
}
