import Foundation

/// The line at a terminal that shows how far a dump has come.
final class DumpProgress {
  private var line: StatusLine? = StatusLine()
  /// About how many rows there are in all.
  private let expected: Int
  private let start = ContinuousClock.now
  private var shown = ContinuousClock.now
  private(set) var rows = 0
  private(set) var bytes = 0
  var table = ""

  init(expected: Int) { self.expected = expected }

  func add(rows: Int, bytes: Int) {
    self.rows += rows
    self.bytes += bytes
    let now = ContinuousClock.now
    guard shown.duration(to: now) > .milliseconds(200) else { return }
    shown = now
    line?.show(Self.text(table, self.rows, self.bytes, expected, start.duration(to: now)))
  }

  /// Removes the line.
  func end() { line = nil }

  static func text(_ table: String, _ rows: Int, _ bytes: Int, _ expected: Int, _ passed: Duration) -> String
  {
    let left = TimeLeft.text(done: rows, of: expected, passed)
    return "\(rows) rows, \(ByteCount.text(bytes))\(left) (\(table))"
  }
}

/// A number of bytes as people read it, such as `1.5 MiB`.
enum ByteCount {
  static func text(_ bytes: Int) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"]
    guard bytes >= 1024 else { return "\(bytes) bytes" }
    var (value, unit) = (Double(bytes) / 1024, 0)
    while value >= 1024, unit + 1 < units.count { (value, unit) = (value / 1024, unit + 1) }
    return String(format: value < 10 ? "%.1f " : "%.0f ", value) + units[unit]
  }
}

/// How long the rest of some work takes at the speed that it has had so far.
enum TimeLeft {
  /// Returns what ends a line of progress, such as `, about 5 min left`. It is empty as long as no estimate is
  /// possible.
  static func text(done: Int, of total: Int, _ passed: Duration) -> String {
    let hasBegun = done > 0 && passed > .seconds(1)
    guard hasBegun, total > done else { return "" }
    let seconds = Int((passed / .seconds(1)) * Double(total - done) / Double(done)) + 1
    if seconds < 60 { return ", about \(seconds) s left" }
    if seconds < 3600 { return ", about \((seconds + 59) / 60) min left" }
    return ", about \(seconds / 3600) h \(seconds % 3600 / 60) min left"
  }
}
