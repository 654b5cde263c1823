import MySQLWire

/// A statement with its values. Shared by all that handle it, from the query that a program makes on.
final class StatementWork: Sendable {
  let text: StatementText
  /// Whether it is executed as a prepared statement, and prepared first if necessary; otherwise it is sent as text.
  let isPrepared: Bool
  let parameters: ParameterList
  /// Settings that only a few statements have.
  let options: Options?

  init(
    _ text: StatementText, isPrepared: Bool, _ parameters: ParameterList = ParameterList(),
    _ options: Options? = nil
  ) {
    self.text = text
    self.isPrepared = isPrepared
    self.parameters = parameters
    self.options = options
  }

  convenience init(
    _ sql: String, isPrepared: Bool, _ parameters: ParameterList = ParameterList(), _ options: Options? = nil
  ) {
    self.init(StatementText(sql), isPrepared: isPrepared, parameters, options)
  }

  var sql: String { text.string }

  final class Options: Sendable {
    /// Why the statement cannot be run: some value could not be encoded.
    let failure: Failure?
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
      isBatch: Bool = false, timeout: Nanoseconds? = nil, leavesNoTrace: Bool = false, failure: Failure? = nil
    ) {
      self.failure = failure
      self.streams = streams
      self.attributes = attributes.map { Attributes($0) }
      self.fetchSize = fetchSize.map { UInt32(clamping: max(1, $0)) }
      self.isBatch = isBatch
      self.timeout = timeout
      self.leavesNoTrace = leavesNoTrace
    }
  }

  struct Failure: Hashable {
    var kind: MySQLError.Kind
    var message: String
  }

  /// Query attributes: an object, because most statements have none, and a list is costly to copy even then.
  final class Attributes: Sendable {
    let list: ParameterList

    init(_ list: ParameterList) { self.list = list }
  }
}
