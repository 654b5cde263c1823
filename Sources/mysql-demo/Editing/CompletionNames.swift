import MySQLTesting

/// The names that a line can be completed with. Names with control characters are left out: they would reach the
/// terminal.
struct CompletionNames {
  struct Name: Equatable {
    let text: String
    let isKeyword: Bool

    /// The name as a statement spells it: in backticks if it needs them.
    var spelled: String {
      if isKeyword { return text }
      return text.split(separator: ".", omittingEmptySubsequences: false).map { part in
        let isPlain = part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        return isPlain && !part.isEmpty ? String(part) : "`" + part.replacing("`", with: "``") + "`"
      }.joined(separator: ".")
    }
  }

  /// In the order of their lower-case texts.
  private var entries: [(key: String, name: Name)] = []

  /// - Parameter names: Databases, tables, columns, and columns after their table and a dot.
  init(names: some Sequence<String> = []) {
    var texts = Set<String>()
    for name in names where VisibleText.of(name) == name && texts.insert(name).inserted {
      entries.append((name.lowercased(), Name(text: name, isKeyword: false)))
    }
    let commands = ClientCommand.allCases.map(\.rawValue).filter { $0 != "?" }.map { $0.uppercased() }
    for keyword in Keywords.all.union(commands) {
      entries.append((keyword.lowercased(), Name(text: keyword, isKeyword: true)))
    }
    entries.sort { $0.key < $1.key }
  }

  /// Returns the names that begin with the text, in any case of letters.
  func beginning(with text: String) -> [Name] {
    let key = text.lowercased()
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return entries[low...].prefix { $0.key.hasPrefix(key) }.map(\.name)
  }
}
