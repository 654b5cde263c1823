import MySQLWire

extension MySQLQuery {
  /// Takes text as SQL, and binds values to the names in it. A name is written `:name`, beginning with a
  /// letter or underscore and continuing with digits too. This is made for SQL that is kept in files:
  ///
  /// ```swift
  /// let query = try MySQLQuery(unsafe: savedSQL, named: ["from": start, "limit": 10])
  /// ```
  ///
  /// A name may occur several times. Text in quotes or in a comment is not a name, and neither are `:=` and
  /// `::`. A backslash in quotes counts as an escape, which it is unless sql_mode has NO_BACKSLASH_ESCAPES.
  ///
  /// - Throws: A `MySQLError` of the kind `encoding` if a name has no value, if a value has no name, or if a
  ///   value cannot be sent.
  public init(unsafe sql: String, named values: [String: any MySQLEncodable]) throws(MySQLError) {
    let bytes = Array(sql.utf8)
    var scanner = SQLScanner(sql)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var copied = 0
    var writer = MySQLParameterWriter()
    var used: Set<String> = []
    while let mark = scanner.next() {
      guard case .name(let range) = mark else {
        throw MySQLError(
          .encoding, "a statement has names or question marks for its values, not both", statement: sql)
      }
      let name = String(decoding: bytes[range].dropFirst(), as: UTF8.self)
      guard let value = values[name] else {
        throw MySQLError(.encoding, "there is no value for :\(name)", statement: sql)
      }
      used.insert(name)
      try writer.append(value)
      text += bytes[copied..<range.lowerBound]
      text.append(UInt8(ascii: "?"))
      copied = range.upperBound
    }
    text += bytes[copied...]
    let unused = values.keys.filter { !used.contains($0) }.sorted()
    guard unused.isEmpty else {
      let names = unused.map { ":\($0)" }.joined(separator: ", ")
      throw MySQLError(.encoding, "the statement has no \(names)", statement: sql)
    }
    self.init(StatementText(String(decoding: text, as: UTF8.self)), writer.list)
  }
}
