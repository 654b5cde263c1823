/// A search backwards through the history (Ctrl-R), which narrows with each character.
struct HistorySearch {
  private let history: [String]
  private(set) var pattern = ""
  /// The entry that is shown; nil if none contains the pattern.
  private(set) var match: Int?

  enum Outcome: Equatable {
    case goesOn
    /// The entry, if there is one, becomes the line, and the key applies to it.
    case accepted
    /// The line stays as it was.
    case cancelled
  }

  init(history: [String]) { self.history = history }

  var text: String? { match.map { history[$0] } }

  var prompt: String {
    "(\(match == nil && !pattern.isEmpty ? "failed " : "")reverse-i-search)`\(pattern)': "
  }

  mutating func press(_ key: Key) -> Outcome {
    switch key {
    case .character(let character):
      pattern.append(character)
      find(upTo: match ?? history.count - 1)
    case .backspace:
      if !pattern.isEmpty { pattern.removeLast() }
      find(upTo: history.count - 1)
    case .control("r"): find(upTo: (match ?? history.count) - 1)
    case .control("g"), .control("c"): return .cancelled
    default: return .accepted
    }
    return .goesOn
  }

  /// Finds the newest entry up to this one that contains the pattern. If there is none, the current match stays as long
  /// as it contains the pattern.
  private mutating func find(upTo last: Int) {
    guard !pattern.isEmpty else {
      match = nil
      return
    }
    let wanted = pattern.lowercased()
    func contains(_ index: Int) -> Bool { history[index].lowercased().contains(wanted) }
    let found = (0..<max(0, min(last + 1, history.count))).last(where: contains)
    if found != nil || !(match.map(contains) ?? false) { match = found }
  }
}
