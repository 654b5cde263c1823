import Synchronization

/// The results of a CALL or of several statements, one after the other.
///
/// ```swift
/// for try await part in try await connection.results(of: "CALL report(2026)") {
///   switch part {
///   case .rows(let rows): for try await row in rows { … }
///   case .done(let result): print(result.affectedRows)
///   }
/// }
/// ```
public struct MySQLResults: AsyncSequence, Sendable {
  /// A result.
  public typealias Element = Part
  /// Everything that goes wrong is a `MySQLError`.
  public typealias Failure = MySQLError

  /// One result.
  public enum Part: Sendable {
    /// A result with rows. Rows that are unread when the next part is requested are dropped.
    case rows(MySQLRows)
    /// A statement without rows.
    case done(MySQLResult)
  }

  private let source: ResultSource

  init(_ response: Response, first: ResultPart?) {
    source = ResultSource(response, first: first)
  }

  /// Starts with the first result that has not been read yet.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: source) }

  /// An iterator over the results.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let source: ResultSource

    /// Returns the next result, or nil after the last.
    ///
    /// - Throws: `MySQLError` of the statement whose turn it is, or if the connection fails.
    public nonisolated(nonsending) mutating func next(
      isolation actor: (any Actor)? = #isolation
    ) async throws(MySQLError) -> Part? {
      try await source.next()
    }
  }
}

/// Where the results of one command come from.
private final class ResultSource: Sendable {
  private let response: Response
  private let state: Mutex<State>

  private struct State {
    /// The part that was read to see whether the command succeeds at all.
    var first: ResultPart?
    /// The rows returned last.
    var rows: MySQLRows?
  }

  init(_ response: Response, first: ResultPart?) {
    self.response = response
    state = Mutex(State(first: first))
  }

  nonisolated(nonsending) func next() async throws(MySQLError) -> MySQLResults.Part? {
    let (unread, first) = state.withLock { state in (state.rows.take(), state.first.take()) }
    if let unread {
      while try await unread.nextBlock() != nil {}
    }
    var part = first
    if part == nil { part = try await response.next() }
    switch part {
    case .columns(let columns):
      let rows = MySQLRows(response, columns, end: ResultEnd())
      state.withLock { $0.rows = rows }
      return .rows(rows)
    case .done(let result, _): return .done(result)
    case .rows, nil: return nil
    }
  }
}
