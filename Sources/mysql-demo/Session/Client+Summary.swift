import MySQL

extension Client {
  /// What a result was, in a line: how many rows, how many warnings, how long it took.
  func writeSummary(of result: MySQLResult, rows: Int?, time: Duration) {
    var text =
      switch rows {
      case 0: "Empty set"
      case let rows?: rows == 1 ? "1 row in set" : "\(rows) rows in set"
      case nil:
        "Query OK, \(result.affectedRows) \(result.affectedRows == 1 ? "row" : "rows") affected"
      }
    if result.warningCount > 0 {
      text += ", \(result.warningCount) \(result.warningCount == 1 ? "warning" : "warnings")"
    }
    output.write(text: "\(text) (\(Self.seconds(time)) sec)\n")
    if rows == nil, !result.info.isEmpty { output.write(text: result.info + "\n") }
    output.write("\n")
  }

  static func seconds(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let thousandths = String(attoseconds / 1_000_000_000_000_000)
    return "\(seconds)." + String(repeating: "0", count: 3 - thousandths.count) + thousandths
  }
}
