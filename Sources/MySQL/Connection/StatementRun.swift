import MySQLWire

/// What is asked of a statement, and never changes. Shared, since a run is copied at each of its steps.
final class StatementRequest: Sendable {
  let key: StatementCache.Key
  let parameters: ParameterList
  /// Parameters whose values are sent ahead of the execution.
  let streams: [ParameterStream]
  let attributes: ParameterList
  /// How many rows are fetched at a time, if they stay at the server until then.
  let fetchSize: UInt32?
  /// Whether the statement is only prepared, and a batch executes it.
  let isBatch: Bool

  init(
    _ sql: String, _ parameters: ParameterList = ParameterList(), streams: [ParameterStream] = [],
    attributes: ParameterList = ParameterList(), fetchSize: Int? = nil, isBatch: Bool = false
  ) {
    key = StatementCache.Key(sql, usesCursor: fetchSize != nil)
    self.parameters = parameters
    self.streams = streams
    self.attributes = attributes
    self.fetchSize = fetchSize.map { UInt32(clamping: max(1, $0)) }
    self.isBatch = isBatch
  }
}

/// How a statement with parameters gets to the server and is carried out: prepared if it is not yet, executed,
/// prepared again if the server has lost it, or sent as text if it cannot be prepared.
struct StatementRun {
  let request: StatementRequest
  var stage = Stage.idle
  /// Whether the cache was told to keep the statement until the exchange is over.
  var isPinned = false
  /// How often the statement is prepared again when the server has lost it.
  var attempts = 2
  /// The columns that the server may leave the definitions of out.
  var known: ResultColumns?
  /// The statement whose cursor is open, and the columns of its rows.
  var cursor: (statement: UInt32, columns: ResultColumns)?

  enum Stage {
    case idle
    /// The statement is being prepared, and will be executed then.
    case preparing
    /// The statement is prepared, and parameters are to be sent ahead.
    case streaming(statement: UInt32)
    case executing(statement: UInt32)
    /// A batch has it now.
    case lent(StatementCache.Statement)
    /// The server answers with results, and nothing can be repeated any more.
    case answering(statement: UInt32)
    /// It was sent as text.
    case text
  }

  init(_ request: StatementRequest) { self.request = request }

  var key: StatementCache.Key { request.key }
  var sql: String { request.key.sql }
  var parameters: ParameterList { request.parameters }

  /// Sees that the statement has as many placeholders as there are values. The server has counted: a question
  /// mark in quotes is none.
  func check(placeholders: Int) throws(MySQLError) {
    guard placeholders != parameters.count else { return }
    throw MySQLError(
      .encoding,
      "the statement has \(placeholders) placeholders and \(parameters.count) values: a question mark of its "
        + "own cannot stand beside bound values, and one in quotes is no placeholder",
      reach: .notSent, statement: sql)
  }

  /// Whether the error certainly refused this execution as a whole, so that it may be repeated: no statement
  /// inside of it can have failed so after others had their effect, and no result has begun.
  func canPrepareAgain(after error: ErrorPacket) -> Bool {
    guard case .executing = stage, attempts > 0, request.streams.isEmpty else { return false }
    return error.hasLostStatement && error.comesFromServer && SQLScanner.runsNoOther(sql)
  }

  /// Sees that the values can be sent at all.
  func checkCount() throws(MySQLError) {
    if parameters.count + request.attributes.count > ParameterList.limit {
      throw MySQLError(Misuse.tooManyParameters)
    }
  }

  func execution(of statement: UInt32) -> Execution {
    var execution = Execution(statement: statement, parameters: parameters)
    execution.attributes = request.attributes
    execution.usesCursor = request.fetchSize != nil
    if let known, known.count > 0 { execution.knownColumns = known }
    return execution
  }

  /// The statement as one text, each value a literal.
  ///
  /// - Throws: Where a placeholder is cannot be said with certainty, and a literal must not end up elsewhere.
  func text() throws(MySQLError) -> [UInt8] {
    guard request.streams.isEmpty else {
      throw MySQLError(
        .encoding, "the server cannot prepare the statement, and streams are for prepared ones only",
        statement: sql)
    }
    let values = (try? parameters.decoded()) ?? []
    guard SQLScanner.certainPlaceholders(in: sql) == values.count, values.count == parameters.count else {
      throw MySQLError(
        .encoding,
        "the server cannot prepare the statement, and as its text reads (a backslash in quotes, a comment "
          + "with ! or a $) the values cannot be put into it safely: bind more of it, or write it plainer",
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

extension ErrorPacket {
  /// Whether the server does not have the statement any more, or not as it was. A procedure's own statements may
  /// fail so too, after others of it were executed.
  var hasLostStatement: Bool {
    switch code {
    case 1615, 1243: true
    // MySQL (9.7.4) prepares a statement again when a table is another, and still takes a parameter for what it
    // was before.
    case 3988: message.hasSuffix("parameter") || message.hasSuffix("parameter.")
    default: false
    }
  }

  /// Whether the SQLSTATE is the one that servers give such errors. Triggers that raise errors by SIGNAL give
  /// them others.
  fileprivate var comesFromServer: Bool { sqlState == nil || sqlState == "HY000" }

  /// Whether the server has no such statement as a prepared one, or none with parameters.
  var cannotBePrepared: Bool {
    // Of parameters outside of SELECT, INSERT, UPDATE and the like MySQL says 6413 (9.7.4). Servers that prepare
    // nothing at all, such as Sphinx (2.2), do not know the command and say 1047.
    code == 1295 || code == 6413 || code == 1047
  }
}
