extension EncodedColumns {
  /// The names in quotes, such as "`id`, `name`".
  var list: String { names.map { MySQLQuery.quoted(identifier: $0) }.joined(separator: ", ") }

  /// The question marks for one value, such as "(?, ?)".
  var marks: String { "(\(names.map { _ in "?" }.joined(separator: ", ")))" }

  /// The columns with a question mark each, such as "`id` = ?, `name` = ?".
  var assignments: String {
    names.map { "\(MySQLQuery.quoted(identifier: $0)) = ?" }.joined(separator: ", ")
  }
}
