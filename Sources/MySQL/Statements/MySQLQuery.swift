public import Foundation
import MySQLWire

/// A statement and the values bound to it. Values in a literal's interpolations are bound, never spliced; SQL
/// that a program puts together must be marked as unsafe, so that no value becomes SQL by accident.
///
/// ```swift
/// let rows = try await connection.query(
///   "SELECT id FROM \(identifier: table) WHERE age >= \(18) AND city IN (\(list: cities)) ORDER BY id")
/// ```
public struct MySQLQuery: Sendable {
  /// The statement. An object, because statements are passed on several times, and a list of values is costly to copy.
  let work: StatementWork

  /// Takes text as SQL, whatever it is. Never put a value into it that comes from outside the program.
  public init(unsafe sql: String) { work = StatementWork(sql, isPrepared: false) }

  /// Takes text as SQL, and binds values to its question marks in order.
  ///
  /// - Throws: A `MySQLError` of the kind `encoding` if a value cannot be sent.
  public init(unsafe sql: String, values: [any MySQLEncodable]) throws(MySQLError) {
    var writer = MySQLParameterWriter()
    for value in values { try writer.append(value) }
    self.init(StatementText(sql), writer.list)
  }

  init(_ text: StatementText, _ values: ParameterList, _ options: StatementWork.Options? = nil) {
    work = StatementWork(text, isPrepared: values.count > 0, values, options)
  }

  /// The SQL as it goes to the server, with a question mark for each value.
  public var sql: String { work.sql }

  /// The bound values.
  ///
  /// - Throws: The reason why there are none: a value that could not be encoded, or an empty list.
  var checkedParameters: ParameterList {
    get throws(MySQLError) {
      try check()
      return work.parameters
    }
  }

  /// - Throws: Why the statement cannot be run: a value that could not be encoded, or an empty list.
  func check() throws(MySQLError) {
    guard let failure = work.options?.failure else { return }
    throw MySQLError(failure.kind, failure.message, statement: sql)
  }

  /// The parameters whose values arrive while the statement runs.
  var streams: [ParameterStream] { work.options?.streams ?? [] }
}

extension MySQLQuery: Hashable {
  /// Whether the text and all values are the same.
  public static func == (left: Self, right: Self) -> Bool {
    left.work.text == right.work.text && left.work.parameters == right.work.parameters
      && left.streams == right.streams && left.work.options?.failure == right.work.options?.failure
  }

  /// Hashes the text and the values.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(work.text)
    hasher.combine(work.parameters)
  }
}

extension MySQLQuery: ExpressibleByStringInterpolation {
  /// Takes a literal.
  public init(stringLiteral sql: String) { self.init(unsafe: sql) }

  /// Takes a literal with its interpolations.
  public init(stringInterpolation: consuming StringInterpolation) {
    work = stringInterpolation.finish()
  }

  /// The interpolations that a statement's text can have.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text: StatementText
    var writer = MySQLParameterWriter()
    /// The streams, and why the statement cannot be run; nil for most statements.
    fileprivate var options: StatementWork.Options?

    /// Begins a statement.
    public init(literalCapacity: Int, interpolationCount: Int) {
      // With a single interpolation, the literals before and after it are shared.
      text =
        interpolationCount > 1
        ? StatementText(reserving: literalCapacity + 4 * interpolationCount) : StatementText()
    }

    /// Appends a piece of the statement's own text.
    public mutating func appendLiteral(_ literal: String) { append(literal) }

    /// Appends SQL.
    mutating func append(_ sql: String) { text.append(sql) }

    /// Binds a value.
    public mutating func appendInterpolation(_ value: some MySQLEncodable) { bind(value) }

    /// Binds a value, or NULL for nil.
    public mutating func appendInterpolation<Value: MySQLEncodable>(_ value: Value?) { bind(value) }

    /// Binds a moment as the DATETIME that clocks show in a time zone. For a TIMESTAMP, pass the time zone of
    /// the session.
    public mutating func appendInterpolation(_ date: Date, in timeZone: TimeZone) {
      guard let dateTime = MySQLDateTime(date, in: timeZone) else {
        return fail(.dateOutOfRange)
      }
      bind(dateTime)
    }

    /// Binds a moment as `\(_:in:)` does, and nil as NULL.
    public mutating func appendInterpolation(_ date: Date?, in timeZone: TimeZone) {
      guard let date else { return bind(MySQLValue.null) }
      appendInterpolation(date, in: timeZone)
    }

    /// Refuses a `Date` without a time zone: it is a moment, and a column holds what a clock shows.
    @available(*, unavailable, message: "name the time zone: \\(date, in: .gmt), or bind a MySQLDateTime")
    public mutating func appendInterpolation(_ date: Date?) {}

    /// Binds each value of a list, with commas between: `WHERE id IN (\(list: ids))`. An empty list makes the
    /// statement fail when it is run, because `IN ()` is not SQL.
    public mutating func appendInterpolation<List: Sequence>(list values: List)
    where List.Element: MySQLEncodable {
      var isFirst = true
      for value in values {
        if !isFirst { append(", ") }
        isFirst = false
        bind(value)
      }
      if isFirst { failForEmptyList() }
    }

    /// Binds a value that comes piece by piece while the statement runs, and is never in memory as a whole:
    /// `\(stream: .file(url))`. It is a binary string, or text in UTF-8. Its length is limited by the
    /// server's `max_allowed_packet`.
    public mutating func appendInterpolation(stream source: MySQLByteSource, isText: Bool = false) {
      text.appendMark()
      let stream = ParameterStream(parameter: writer.list.count, source)
      options = StatementWork.Options(streams: (options?.streams ?? []) + [stream], failure: options?.failure)
      writer.list.append(ParameterType(isText ? .varString : .blob))
    }

    /// Appends the name of a table, column or database in quotes.
    public mutating func appendInterpolation(identifier name: String) {
      // Some servers would end the statement at the NUL.
      if name.utf8.contains(0) {
        fail(MySQLError(.encoding, "the name after \(tail) contains a NUL, which names cannot"))
      }
      append(MySQLQuery.quoted(identifier: name))
    }

    /// Appends SQL as it is.
    public mutating func appendInterpolation(unsafe sql: String) { append(sql) }

    private mutating func bind(_ value: some MySQLEncodable) {
      text.appendMark()
      do throws(MySQLError) {
        try writer.append(value)
      } catch {
        fail(error)
      }
    }

    /// Takes the statement out. Nothing of it is copied.
    fileprivate mutating func finish() -> StatementWork {
      let text = exchange(&text, with: StatementText())
      let values = exchange(&writer.list, with: ParameterList())
      return StatementWork(text, isPrepared: values.count > 0, values, options.take())
    }

    /// Makes the statement fail when it is run. The first reason counts.
    mutating func fail(_ error: MySQLError) {
      guard options?.failure == nil else { return }
      let failure = StatementWork.Failure(kind: error.kind, message: error.message)
      options = StatementWork.Options(streams: options?.streams ?? [], failure: failure)
    }

    mutating func failForEmptyList() {
      fail(MySQLError(.encoding, "the list after \(tail) is empty, and SQL has no empty lists"))
    }

    /// The end of the statement so far, to say where something is wrong.
    private var tail: String { "'\(text.string.suffix(20))'" }
  }

  /// Returns a name in backquotes, with those inside doubled. It goes by scalars, not by characters: a
  /// backquote followed by a combining accent is another character, but still a backquote to the server.
  static func quoted(identifier name: String) -> String {
    var quoted = "`"
    for scalar in name.unicodeScalars {
      if scalar == "`" { quoted.unicodeScalars.append("`") }
      quoted.unicodeScalars.append(scalar)
    }
    quoted.unicodeScalars.append("`")
    return quoted
  }
}
