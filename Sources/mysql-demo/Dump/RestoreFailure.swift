import MySQL

/// Where a restore stops, and why.
struct RestoreFailure: Error {
  /// The line at which the statement begins.
  let line: Int
  /// The beginning of the statement.
  let statement: [UInt8]
  /// Nil if Ctrl-C stopped it.
  let reason: String?

  private static let shownLength = 80

  init(_ statement: ArraySlice<UInt8>, line: Int, _ reason: String?) {
    self.line = line
    self.statement = Array(statement.prefix(Self.shownLength + 1))
    self.reason = reason
  }

  init(_ statement: ArraySlice<UInt8>, line: Int, _ error: MySQLError) {
    self.init(statement, line: line, Failure(error).text)
  }

  /// The two lines that are printed.
  func text(file: String) -> String {
    let start = String(decoding: statement.prefix(Self.shownLength), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let more = statement.count > Self.shownLength ? "…" : ""
    return "\(file):\(line): \(reason ?? "stopped")\n  the statement begins: \(start)\(more)"
  }
}
