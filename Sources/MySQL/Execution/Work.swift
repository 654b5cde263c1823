import MySQLWire

/// A request to the server.
enum Work: Sendable {
  /// A command that is sent as it is, such as a ping.
  case command(Command)
  case statement(StatementWork)
}

/// A statement with its values. Shared by all that handle it.
final class StatementWork: Sendable {
  let sql: String
  /// Whether it is executed as a prepared statement, and prepared first if necessary; otherwise it is sent as text.
  let isPrepared: Bool
  let parameters: ParameterList
  /// Settings that only a few statements have.
  let options: Options?

  init(
    _ sql: String, isPrepared: Bool, _ parameters: ParameterList = ParameterList(), _ options: Options? = nil
  ) {
    self.sql = sql
    self.isPrepared = isPrepared
    self.parameters = parameters
    self.options = options
  }

  final class Options: Sendable {
    /// Parameters whose values are sent ahead of the execution.
    let streams: [ParameterStream]
    let attributes: Attributes?
    /// How many rows are fetched at a time from a cursor; nil for no cursor.
    let fetchSize: UInt32?
    /// Whether the statement is only prepared, and a batch executes it.
    let isBatch: Bool
    /// How long the server may take, instead of the setting `queryTimeout`.
    let timeout: Nanoseconds?
    /// Whether the library knows that nothing is left in the session once the transaction is over.
    let leavesNoTrace: Bool

    init(
      streams: [ParameterStream] = [], attributes: ParameterList? = nil, fetchSize: Int? = nil,
      isBatch: Bool = false, timeout: Nanoseconds? = nil, leavesNoTrace: Bool = false
    ) {
      self.streams = streams
      self.attributes = attributes.map { Attributes($0) }
      self.fetchSize = fetchSize.map { UInt32(clamping: max(1, $0)) }
      self.isBatch = isBatch
      self.timeout = timeout
      self.leavesNoTrace = leavesNoTrace
    }
  }

  /// Query attributes: an object, because most statements have none, and a list is costly to copy even then.
  final class Attributes: Sendable {
    let list: ParameterList

    init(_ list: ParameterList) { self.list = list }
  }

  var key: StatementCache.Key { StatementCache.Key(sql, usesCursor: options?.fetchSize != nil) }
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
    if case .statement(let statement) = self, let first = statement.sql.utf8.first, first > 0x20,
      first | 0x20 != UInt8(ascii: "u")
    {
      return false
    }
    return begins("use")
  }

  /// A lower bound for its size in bytes.
  var size: Int {
    if case .statement(let statement) = self {
      return max(statement.sql.utf8.count, statement.parameters.size)
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
