import Foundation
import MySQLTesting

/// The statements of this and earlier sessions, in `~/.mysql_demo_history`, which only the user may read.
/// Statements that say anything about passwords are not kept.
struct History {
  private static let limit = 1000

  private(set) var entries: [String] = []
  private let path: String

  init() {
    let home = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
    path = home + "/.mysql_demo_history"
    guard let data = FileManager.default.contents(atPath: path) else { return }
    entries = String(decoding: data, as: UTF8.self).split(separator: "\n").suffix(Self.limit).map(String.init)
  }

  /// Keeps a statement that is complete, by its lines.
  mutating func add(_ lines: [String]) {
    let lines = lines.filter { !$0.isEmpty }
    let statement = lines.joined(separator: " ")
    guard !statement.isEmpty, !StatementSecrets.areMentioned(in: statement) else { return }
    // A comment would swallow what follows it on a line.
    let hasComment = lines.dropLast().contains { $0.contains("--") || $0.contains("#") }
    for entry in hasComment ? lines : [statement] where entry != entries.last {
      entries.append(entry)
      append(entry)
    }
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
  }

  private func append(_ entry: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    // It may be there with other rights.
    fchmod(file, 0o600)
    let output = OutputBuffer(file)
    output.write(text: entry + "\n")
    output.flush()
  }
}
