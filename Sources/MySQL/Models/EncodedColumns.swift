/// The columns of the first of several values. All other values must have the same columns.
struct EncodedColumns {
  /// The names of the columns in the table.
  let names: [String]
  private let keys: [String]
  private let order: [Int]
  private let style: MySQLRowEncoder.Keys

  /// - Throws: A `MySQLError` of the kind `encoding` if a name is empty, holds a NUL or occurs twice.
  init(_ row: EncodedRow, _ style: MySQLRowEncoder.Keys) throws(MySQLError) {
    keys = row.keys
    names = keys.map { style.column($0) }
    order = Array(keys.indices)
    self.style = style
    var known: Set<String> = []
    for name in names {
      if name.isEmpty { throw row.failure("one of its columns has an empty name") }
      let quoted = name.debugDescription
      // Some servers would end the statement at the NUL.
      if name.utf8.contains(0) { throw row.failure("the name \(quoted) contains a NUL, which names cannot") }
      guard known.insert(name).inserted else { throw row.failure("it encodes the column \(quoted) twice") }
    }
  }

  /// Writes the values of a row, in the order of the columns.
  ///
  /// - Throws: A `MySQLError` of the kind `encoding` if its columns differ, or a value cannot be sent.
  func write(_ row: EncodedRow, to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try row.write(row.keys == keys ? order : try reordered(row), to: &writer)
  }

  private func reordered(_ row: EncodedRow) throws(MySQLError) -> [Int] {
    let others = try EncodedColumns(row, style).names
    var indices = Dictionary(zip(others, others.indices), uniquingKeysWith: { first, _ in first })
    var order: [Int] = []
    for name in names {
      guard let index = indices.removeValue(forKey: name) else {
        throw row.failure("it has no column \(name.debugDescription), and the first value has one")
      }
      order.append(index)
    }
    if let name = others.first(where: { indices[$0] != nil }) {
      throw row.failure("it has a column \(name.debugDescription), and the first value has none")
    }
    return order
  }
}
