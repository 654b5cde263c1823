import MySQLTesting
import Testing

/// Where a server falls silent in the answer to a query, and how many rows it has sent by then.
enum Silence: String, CaseIterable, CustomTestStringConvertible {
  case atOnce, inAHeader, afterTheColumns, inARow, betweenResults, slowlyForEver

  var testDescription: String { rawValue }
  var rows: ClosedRange<Int> {
    switch self {
    case .atOnce, .inAHeader, .afterTheColumns: 0...0
    case .inARow, .betweenResults: 2...2
    case .slowlyForEver: 1...100
    }
  }

  func answer(_ connection: ScriptedConnection) throws {
    switch self {
    case .atOnce: return
    case .inAHeader: return try connection.send([1, 0])
    case .betweenResults:
      return try connection.sendResult(columns: ["a"], rows: [["1"], ["2"]], status: .moreResults)
    case .afterTheColumns, .inARow, .slowlyForEver: break
    }
    try connection.sendColumns(["a"])
    if self == .inARow {
      try connection.sendRows([["1"], ["2"]], of: ["a"])
      try connection.send([4, 0, 0, connection.sequence, 3, 0x33])
    }
    var row = 0
    while self == .slowlyForEver {
      row += 1
      try connection.sendRows([[.text("\(row)")]], of: ["a"])
      try connection.delay(.milliseconds(20))
    }
  }
}
