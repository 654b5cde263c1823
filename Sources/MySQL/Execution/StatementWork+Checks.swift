import MySQLWire

extension StatementWork {
  /// Checks that there are not too many values to send.
  func checkCount() throws(MySQLError) {
    if parameters.count + (options?.attributes?.list.count ?? 0) > ParameterList.limit {
      throw MySQLError(Misuse.tooManyParameters)
    }
  }

  /// Checks that the statement has as many placeholders as there are values. The server counts the placeholders: a
  /// question mark in quotes is not one.
  func check(placeholders: Int) throws(MySQLError) {
    guard placeholders != parameters.count else { return }
    throw MySQLError(
      .encoding,
      "the statement has \(placeholders) placeholders and \(parameters.count) values: bind every value one way, "
        + "and note that a question mark in quotes is not a placeholder",
      reach: .notSent, statement: sql)
  }

  /// Returns the statement as one text, with each value as a literal.
  ///
  /// - Throws: `MySQLError` if it is uncertain where the placeholders are, since a literal must not end up elsewhere.
  func textWithLiterals() throws(MySQLError) -> [UInt8] {
    guard options?.streams.isEmpty ?? true else {
      throw MySQLError(
        .encoding, "the server cannot prepare the statement, and only prepared statements take streams",
        statement: sql)
    }
    let values = (try? parameters.decoded()) ?? []
    guard SQLScanner.certainPlaceholders(in: sql) == values.count, values.count == parameters.count else {
      throw MySQLError(
        .encoding,
        "the server cannot prepare the statement, and values cannot be inserted safely because the text contains a "
          + "backslash in quotes, a comment with !, or a $: bind those parts too, or avoid them",
        statement: sql)
    }
    let bytes = Array(sql.utf8)
    var writer = ByteWriter(reserving: bytes.count + parameters.size + 16 * values.count)
    var scanner = SQLScanner(sql)
    var copied = 0
    var rest = values[...]
    while let mark = scanner.next() {
      guard case .placeholder(let range) = mark, let value = rest.popFirst() else { continue }
      writer.write(bytes[copied..<range.lowerBound])
      value.writeLiteral(to: &writer)
      copied = range.upperBound
    }
    writer.write(bytes[copied...])
    return writer.bytes
  }
}
