import Foundation

/// The options of a session at a terminal.
struct TerminalOptions {
  static let standardPrompt = Array(#"\N [\d]> "#.utf8)

  /// The command that shows results; nil for none.
  var pager: String? {
    didSet { if let pager { namedPager = pager } }
  }
  /// The pager that was named last, or that the environment names.
  var namedPager = ProcessInfo.processInfo.environment["PAGER"]
  /// The files to which everything is appended; nil for none. Each is opened, and the last is used.
  var tees: [String?] = []
  var prompt = ProcessInfo.processInfo.environment["MYSQL_PS1"].map { Array($0.utf8) } ?? standardPrompt
  /// Whether the names for completion are read when a session begins and when it changes its database.
  var readsNames = true
  var reconnects = true
}
