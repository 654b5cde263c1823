import MySQL

/// The statement of a load test. A number replaces each `{n}` in it.
struct LoadStatement {
  let text: String
  private let sql: String
  private let places: Int

  init(_ text: String) {
    self.text = text
    let parts = text.split(separator: "{n}", omittingEmptySubsequences: false)
    places = parts.count - 1
    sql = parts.joined(separator: "?")
  }

  /// Returns the statement with the number bound, so that it is prepared once and run with many numbers.
  func query(_ number: Int) throws(MySQLError) -> MySQLQuery {
    switch places {
    case 0: MySQLQuery(unsafe: sql)
    default: try MySQLQuery(unsafe: sql, values: [Int](repeating: number, count: places))
    }
  }
}
