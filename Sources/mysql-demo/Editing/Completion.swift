/// How the word at the cursor goes on, according to the known names.
struct Completion: Equatable {
  /// The part of the line that is replaced.
  var range: Range<Int>
  /// What replaces it; the same text if nothing more is certain.
  var text: String
  /// The names that are possible, in order; more than one if the word is ambiguous.
  var candidates: [String]

  /// Completes the word before the cursor. Returns nil if no name begins with it, or if it is in a string.
  ///
  /// - Parameter quote: The quote of the string or name in which the line begins; 0 for none.
  init?(of line: [Character], at cursor: Int, names: CompletionNames, quote: UInt8 = 0) {
    guard let (start, isQuoted) = Self.word(in: line[..<cursor], quote: quote) else { return nil }
    let typed = String(line[start..<cursor])
    guard isQuoted || !typed.isEmpty else { return nil }
    let isLower = !typed.contains(where: \.isUppercase)
    var found: [String: String] = [:]
    for name in names.beginning(with: typed) {
      if isQuoted {
        if !name.isKeyword { found[name.text] = name.text }
      } else {
        let text = name.isKeyword && isLower ? name.text.lowercased() : name.spelled
        // A table may have the name of a keyword. Then the table is meant.
        if found[text] == nil || !name.isKeyword { found[text.lowercased() + text] = text }
      }
    }
    candidates = found.values.sorted {
      ($0.lowercased(), $0) < ($1.lowercased(), $1)
    }
    guard let first = candidates.first else { return nil }
    range = start..<cursor
    if candidates.count == 1 {
      text = first + (isQuoted ? "`" : " ")
    } else {
      let common = Self.commonPrefix(of: candidates)
      let isCertain = candidates.allSatisfy { $0.hasPrefix(common) }
      text = isCertain || common.count > typed.count ? common : typed
    }
  }

  /// Returns where the word before the cursor begins, and whether it is in backticks; nil within a string.
  private static func word(
    in line: ArraySlice<Character>, quote: UInt8
  ) -> (start: Int, isQuoted: Bool)? {
    var open: Character? = quote == 0 ? nil : Character(Unicode.Scalar(quote))
    var start = line.startIndex
    var index = line.startIndex
    while index < line.endIndex {
      let character = line[index]
      if let quote = open {
        if character == "\\", quote != "`" {
          index += 1
        } else if character == quote {
          open = nil
          start = index + 1
        }
      } else if character == "'" || character == "\"" || character == "`" {
        open = character
        start = index + 1
      } else if !isPart(character) {
        start = index + 1
      }
      index += 1
    }
    if let open { return open == "`" && start <= line.endIndex ? (start, true) : nil }
    return (min(start, line.endIndex), false)
  }

  /// Whether a character belongs to a word: a dot does, so that `table.column` is one.
  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "$" || character == "."
  }

  private static func commonPrefix(of names: [String]) -> String {
    guard var prefix = names.first.map(Array.init) else { return "" }
    for name in names.dropFirst() {
      let same = zip(prefix, name).prefix { $0.lowercased() == $1.lowercased() }.count
      prefix.removeLast(prefix.count - same)
    }
    return String(prefix)
  }
}
