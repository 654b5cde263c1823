import MySQLWire

extension ResultColumns {
  // Made each time: few ask, and then once.
  var columns: [MySQLColumn] { definitions.map { MySQLColumn($0) } }

  subscript(index: Int) -> MySQLColumn { MySQLColumn(definitions[index]) }

  /// The column of that name: exactly so, or else whatever the case, or also whatever the underscores. Of
  /// several the first.
  func index(of name: String, _ keys: MySQLRowDecoder.Keys = .name) -> Int? {
    names.index(of: name, in: definitions, ignoringUnderscores: keys == .snakeCase)
  }

  /// The names for an error to list, such as `3 columns (id, name, age)`.
  var listing: String {
    let names = definitions.prefix(20).map(\.name) + (count > 20 ? ["…"] : [])
    return "\(count) \(count == 1 ? "column" : "columns") (\(names.joined(separator: ", ")))"
  }
}
