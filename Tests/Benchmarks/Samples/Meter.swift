import Foundation

/// Time and processor time from its making to `print` or `stop`, and the peak of this process's memory.
struct Meter {
  private let start = Self.now()
  private let processor = Self.processorSeconds()
  private var measured: (seconds: Double, cpu: Double)?

  init() {}

  /// What was measured until now, to be printed later.
  func stop() -> Meter {
    var stopped = self
    stopped.measured = (Self.now() - start, Self.processorSeconds() - processor)
    return stopped
  }

  /// Prints what was measured as one line of key=value words.
  func print(count: Int, latencies: [Double] = [], checksum: String) {
    guard let (seconds, cpu) = measured else {
      return stop().print(count: count, latencies: latencies, checksum: checksum)
    }
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

/// The time that each of many rounds takes.
struct Stopwatch {
  private let meter: Meter
  private var laps: [Double] = []
  private var last: Double

  init(_ count: Int) {
    laps.reserveCapacity(count)
    meter = Meter()
    last = Meter.now()
  }

  mutating func lap() {
    let now = Meter.now()
    laps.append(now - last)
    last = now
  }

  func print(checksum: String) {
    meter.print(count: laps.count, latencies: laps, checksum: checksum)
  }
}

extension Double {
  func rounded(to digits: Int) -> Double {
    let scale = pow(10, Double(digits))
    return (self * scale).rounded() / scale
  }
}
