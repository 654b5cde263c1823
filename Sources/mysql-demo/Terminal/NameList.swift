import MySQLTesting

/// Names in columns, as many as the terminal has room for.
enum NameList {
  static func text(_ names: [String], width: Int) -> String {
    let names = names.map { VisibleText.of($0) }
    let column = (names.map { TerminalWidth.of($0) }.max() ?? 0) + 2
    let count = max(1, width / column)
    let rows = (names.count + count - 1) / count
    var text = ""
    for row in 0..<rows {
      var line = ""
      for index in stride(from: row, to: names.count, by: rows) {
        let isLast = index + rows >= names.count
        let space = String(repeating: " ", count: column - TerminalWidth.of(names[index]))
        line += names[index] + (isLast ? "" : space)
      }
      text += line + "\n"
    }
    return text
  }
}
