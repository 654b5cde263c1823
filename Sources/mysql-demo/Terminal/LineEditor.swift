/// A line being edited: its characters, the cursor, and the history that can be called up.
struct LineEditor {
  private(set) var line: [Character] = []
  private(set) var cursor = 0
  private let history: [String]
  /// The index of the entry that is shown; the number of entries if it is the line itself.
  private var shown: Int
  /// The line itself, while an entry is shown.
  private var own: [Character] = []
  /// The characters that were cut last.
  private var cut: [Character] = []

  enum Outcome: Equatable {
    case goesOn
    case entered(String)
    /// Ctrl-C: the line and the statement are discarded.
    case abandoned
    /// Ctrl-D on an empty line, or no more input.
    case closed
    /// Ctrl-L
    case clearsScreen
  }

  init(history: [String]) {
    self.history = history
    shown = history.count
  }

  mutating func press(_ key: Key) -> Outcome {
    switch key {
    case .character(let character): insert([character])
    case .tab: insert(["\t"])
    case .enter: return .entered(String(line))
    case .backspace where cursor > 0:
      cursor -= 1
      line.remove(at: cursor)
    case .delete where cursor < line.count: line.remove(at: cursor)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(line.count, cursor + 1)
    case .home: cursor = 0
    case .end: cursor = line.count
    case .wordLeft: cursor = wordStart
    case .wordRight: cursor = wordEnd
    case .up: show(shown - 1)
    case .down: show(shown + 1)
    case .control(let letter): return press(control: letter)
    case .closed: return .closed
    case .backspace, .delete: break
    }
    return .goesOn
  }

  /// Puts a text in place of a part of the line, and the cursor after it.
  mutating func replace(_ range: Range<Int>, with text: String) {
    line.replaceSubrange(range, with: text)
    cursor = range.lowerBound + text.count
  }

  /// Puts a text in place of the line.
  mutating func replaceLine(with text: String) { replace(0..<line.count, with: text) }

  private mutating func press(control letter: Character) -> Outcome {
    switch letter {
    case "c": return .abandoned
    case "d":
      if line.isEmpty { return .closed }
      if cursor < line.count { line.remove(at: cursor) }
    case "k": take(cursor..<line.count)
    case "u": take(0..<cursor)
    case "w": take(wordStart..<cursor)
    case "y": insert(cut)
    case "l": return .clearsScreen
    default: break
    }
    return .goesOn
  }

  private mutating func insert(_ characters: [Character]) {
    guard let first = characters.first else { return }
    // A combining mark and the letter before it become one character. Only the neighbors can be joined: looking at the
    // whole line for each key would take quadratic time.
    if cursor > 0, let joined = Self.joined(line[cursor - 1], first) {
      line[cursor - 1] = joined
      line.insert(contentsOf: characters.dropFirst(), at: cursor)
      cursor += characters.count - 1
    } else {
      line.insert(contentsOf: characters, at: cursor)
      cursor += characters.count
    }
    if cursor > 0, cursor < line.count, let joined = Self.joined(line[cursor - 1], line[cursor]) {
      line[cursor - 1] = joined
      line.remove(at: cursor)
    }
  }

  private static func joined(_ first: Character, _ second: Character) -> Character? {
    let text = String(first) + String(second)
    return text.count == 1 ? text.first : nil
  }

  private mutating func take(_ range: Range<Int>) {
    cut = Array(line[range])
    line.removeSubrange(range)
    cursor = range.lowerBound
  }

  private mutating func show(_ entry: Int) {
    guard 0...history.count ~= entry, entry != shown else { return }
    if shown == history.count { own = line }
    shown = entry
    line = entry == history.count ? own : Array(history[entry])
    cursor = line.count
  }

  private var wordStart: Int {
    var index = cursor
    while index > 0, !Self.isWord(line[index - 1]) { index -= 1 }
    while index > 0, Self.isWord(line[index - 1]) { index -= 1 }
    return index
  }

  private var wordEnd: Int {
    var index = cursor
    while index < line.count, !Self.isWord(line[index]) { index += 1 }
    while index < line.count, Self.isWord(line[index]) { index += 1 }
    return index
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
