import Foundation
import MySQLTesting

extension LoadReport {
  private static let barWidth = 40

  /// Writes the report for people: a few lines, and the histogram.
  func write(to output: OutputBuffer) {
    write("server", server, to: output)
    write("statement", statement, to: output)
    write(
      "load",
      "\(tasks) tasks on at most \(connections) connections for \(Self.print("%.2f", seconds)) s"
        + (isInterrupted ? ", ended by Ctrl-C" : ""), to: output)
    write("done", "\(latencies.count) statements, \(Self.print("%.0f", rate)) a second", to: output)
    if unfinished > 0 { write("given up", "\(unfinished) that had not ended a second later", to: output) }
    write("errors", "\(failures.total)", to: output)
    for failure in failures.all {
      output.write(
        text: "            \(failure.count) × \(failure.kind): \(VisibleText.of(failure.example))\n")
    }
    guard latencies.count > 0 else { return }
    let times = Self.percentiles.map { name, part in
      "\(name)\(name == "max" ? "" : "%") \(Self.milliseconds(latencies.time(ofFirst: part) ?? 0))"
    }
    write("latency", times.joined(separator: ", ") + " (ms)", to: output)
    writeHistogram(to: output)
  }

  private func write(_ name: String, _ text: String, to output: OutputBuffer) {
    output.write(text: name + String(repeating: " ", count: 12 - name.count) + VisibleText.of(text) + "\n")
  }

  private func writeHistogram(to output: OutputBuffer) {
    let rows = latencies.rows
    let most = rows.map(\.count).max() ?? 1
    output.write("\n")
    for row in rows {
      let limit = Self.limit(row.limit)
      let eighths = Int((Double(row.count) / Double(most) * Double(8 * Self.barWidth)).rounded(.up))
      let bar = Self.bar(eighths)
      output.write(text: "  ≤ \(String(repeating: " ", count: max(0, 6 - limit.count)))\(limit)  ")
      output.write(text: "\(bar)\(String(repeating: " ", count: Self.barWidth - bar.count))  \(row.count)\n")
    }
  }

  private static func bar(_ eighths: Int) -> String {
    let part = eighths % 8
    let end = part == 0 ? "" : String(["▏", "▎", "▍", "▌", "▋", "▊", "▉"][part - 1])
    return String(repeating: "█", count: eighths / 8) + end
  }

  private static func limit(_ nanoseconds: UInt64) -> String {
    switch nanoseconds {
    case ..<1_000_000: "\(nanoseconds / 1000) µs"
    case ..<1_000_000_000: "\(nanoseconds / 1_000_000) ms"
    default: "\(nanoseconds / 1_000_000_000) s"
    }
  }

  /// Returns milliseconds with four digits, or with one decimal if that takes more.
  static func milliseconds(_ nanoseconds: UInt64) -> String {
    let time = Double(nanoseconds) / 1e6
    return print(time < 10 ? "%.3f" : time < 100 ? "%.2f" : "%.1f", time)
  }

  static func print(_ format: String, _ number: Double) -> String { String(format: format, number) }
}
