import MySQL

extension Client {
  /// Writes a line that sums up a result: how many rows, how many warnings, how long it took. In non-interactive mode,
  /// it is written only with `-vv`, and the time only with `-vvv`.
  func writeSummary(of result: MySQLResult?, rows: Int?, since start: ContinuousClock.Instant) {
    guard isTerminal || arguments.verbosity > 1 else { return }
    let (affected, warnings) = (result?.affectedRows ?? 0, result?.warningCount ?? 0)
    var text =
      switch rows {
      case 0 where !arguments.results.isQuick && !arguments.results.showsColumnTypes: "Empty set"
      case let rows?: rows == 1 ? "1 row in set" : "\(rows) rows in set"
      case nil:
        "Query OK, \(affected) \(affected == 1 ? "row" : "rows") affected"
      }
    if warnings > 0 { text += ", \(warnings) \(warnings == 1 ? "warning" : "warnings")" }
    let showsTime = isTerminal || arguments.verbosity > 2
    let time = showsTime ? " (\(Self.seconds(ContinuousClock().now - start)) sec)" : ""
    output.write(text: "\(text)\(time)\n")
    if rows == nil, let result, !result.info.isEmpty { output.write(text: result.info + "\n") }
    output.write("\n")
  }

  /// Returns a statement as `-v` shows it.
  static func framed(_ statement: [UInt8]) -> [UInt8] {
    let line = Array("--------------\n".utf8)
    return line + statement + (statement.last == UInt8(ascii: "\n") ? [] : [UInt8(ascii: "\n")]) + line
      + [UInt8(ascii: "\n")]
  }

  static func seconds(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let thousandths = String(attoseconds / 1_000_000_000_000_000)
    return "\(seconds)." + String(repeating: "0", count: 3 - thousandths.count) + thousandths
  }
}
