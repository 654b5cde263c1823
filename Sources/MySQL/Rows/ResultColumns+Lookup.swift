import MySQLWire

extension ResultColumns {
  // Not stored: few programs read it, and then once.
  var columns: [MySQLColumn] { definitions.map { MySQLColumn($0) } }

  subscript(index: Int) -> MySQLColumn { MySQLColumn(definitions[index]) }

  /// Returns the index of the column with this name. Matches exactly, else case-insensitively, else, if
  /// asked to, ignoring underscores as well. If several match, it is the first.
  func index(of name: String, ignoringUnderscores: Bool = false) -> Int? {
    names.index(of: name, in: definitions, ignoringUnderscores: ignoringUnderscores)
  }

  /// The columns' names for an error, such as `3 columns (id, name, age)`.
  var listing: String {
    let names = definitions.prefix(20).map(\.name) + (count > 20 ? ["…"] : [])
    return "\(count) \(count == 1 ? "column" : "columns") (\(names.joined(separator: ", ")))"
  }
}
