import Foundation

extension LoadReport {
  /// Writes the report for programs: an object on one line, with times in milliseconds.
  func writeJSON(to output: OutputBuffer) {
    let errors = failures.all.map {
      "{\"kind\": \(Self.text($0.kind)), \"count\": \($0.count), \"example\": \(Self.text($0.example))}"
    }
    let times = Self.percentiles.map { name, part in
      "\(Self.text(name)): \(latencies.time(ofFirst: part).map { Self.exactMilliseconds($0) } ?? "null")"
    }
    let rows = latencies.rows.map {
      "{\"limit\": \(Self.exactMilliseconds($0.limit)), \"count\": \($0.count)}"
    }
    let members = [
      ("server", Self.text(server)), ("statement", Self.text(statement)), ("tasks", "\(tasks)"),
      ("connections", "\(connections)"), ("seconds", Self.print("%.3f", seconds)),
      ("interrupted", "\(isInterrupted)"), ("statements", "\(latencies.count)"),
      ("rate", Self.print("%.1f", rate)), ("unfinished", "\(unfinished)"), ("errors", "\(failures.total)"),
      ("error_kinds", "[\(errors.joined(separator: ", "))]"),
      ("latency_ms", "{\(times.joined(separator: ", "))}"),
      ("histogram_ms", "[\(rows.joined(separator: ", "))]"),
    ]
    output.write(text: "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}\n")
  }

  private static func text(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONObjects.append(text: Array(text.utf8)[...], to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func exactMilliseconds(_ nanoseconds: UInt64) -> String {
    print("%.6f", Double(nanoseconds) / 1e6)
  }
}
