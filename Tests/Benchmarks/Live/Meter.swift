import Foundation

/// What the process spends between the creation of the meter and its stop.
struct Meter {
  private let clock = ContinuousClock.now
  private let usage = Usage()

  func stop(count: Int, checksum: String) -> Measurement {
    Measurement(count: count, time: clock.duration(to: .now), usage: Usage().since(usage), checksum: checksum)
  }
}

/// What a workload cost, and what it read.
struct Measurement {
  let count: Int
  let time: Duration
  let usage: Usage
  var checksum: String

  /// Prints one line of key=value words, as every peer does.
  func print() {
    Swift.print(
      "count=\(count) seconds=\(time / .seconds(1)) cpu=\(usage.processorSeconds) waits=\(usage.waits)",
      "preempted=\(usage.preempted) memory=\(Self.peakKibibytes()) checksum=\(checksum)")
    fflush(nil)
  }

  /// Returns VmHWM, or 0 where there is no /proc.
  private static func peakKibibytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
  }
}

/// What the system counts for the process.
struct Usage {
  private(set) var processorSeconds: Double
  /// How often a thread gave up the processor because it had to wait.
  private(set) var waits: Int
  /// How often the system took the processor away from a thread.
  private(set) var preempted: Int

  init() {
    var usage = rusage()
    // RUSAGE_SELF, whose type differs between systems.
    getrusage(0, &usage)
    processorSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    waits = usage.ru_nvcsw
    preempted = usage.ru_nivcsw
  }

  func since(_ earlier: Usage) -> Usage {
    var difference = self
    difference.processorSeconds -= earlier.processorSeconds
    difference.waits -= earlier.waits
    difference.preempted -= earlier.preempted
    return difference
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
