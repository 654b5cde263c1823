import MySQLWire

/// A request to the server.
enum Work: Sendable {
  /// A command that is sent as it is, such as a ping.
  case command(Command)
  case statement(StatementWork)
}

extension StatementWork {
  var key: StatementCache.Key { StatementCache.Key(text, usesCursor: options?.fetchSize != nil) }
}

extension Work {
  /// Calls the closure with the bytes of the statement or name, as they are sent.
  private func withText<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    switch self {
    case .command(.query(let sql, _)), .command(.prepare(let sql)), .command(.useDatabase(let sql)):
      return sql.withUnsafeBufferPointer(body)
    case .statement(let statement):
      var sql = statement.sql
      return sql.withUTF8(body)
    case .command: return body(UnsafeBufferPointer(start: nil, count: 0))
    }
  }

  /// The statement, for errors.
  var statement: String? {
    if case .command(.useDatabase) = self { return nil }
    return carriesText ? withText { String(decoding: $0, as: UTF8.self) } : nil
  }

  /// The statement's text; nil for a command.
  var sql: String? {
    if case .statement(let statement) = self { statement.sql } else { nil }
  }

  /// The statement's own time limit.
  var timeout: Nanoseconds? {
    if case .statement(let statement) = self { statement.options?.timeout } else { nil }
  }

  var carriesText: Bool { withText { !$0.isEmpty } }

  /// Whether all of it means the same in every character set that a session can have.
  var isASCII: Bool {
    if case .statement(let statement) = self, !statement.parameters.isASCII { return false }
    return withText { $0.allSatisfy { $0 < 0x80 } }
  }

  /// Whether it ends a transaction, or may set the character set.
  var isHarmless: Bool { isASCII && (begins("set") || begins("commit") || begins("rollback")) }

  /// Whether it is a statement that switches to another database. Servers may not report that.
  var isUse: Bool {
    if case .statement(let statement) = self, let first = statement.text.firstByte, first > 0x20,
      first | 0x20 != UInt8(ascii: "u")
    {
      return false
    }
    return begins("use")
  }

  /// A lower bound for its size in bytes.
  var size: Int {
    if case .statement(let statement) = self {
      return max(statement.text.count, statement.parameters.size)
    }
    return withText { $0.count }
  }

  /// Whether it is a statement by which the library ends a transaction, or a part of one.
  var endsTransaction: Bool {
    switch self {
    case .command: true
    case .statement(let statement): statement.options?.leavesNoTrace == true
    }
  }

  /// Whether the statement begins with a word, which is given in lower case.
  private func begins(_ word: StaticString) -> Bool {
    withText { text in
      guard let start = text.firstIndex(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }) else {
        return false
      }
      let end = start + word.utf8CodeUnitCount
      guard end <= text.count else { return false }
      for index in start..<end where text[index] | 0x20 != word.utf8Start[index - start] { return false }
      return end == text.count || !(text[end].isASCIILetterOrDigit || text[end] == UInt8(ascii: "_"))
    }
  }
}
