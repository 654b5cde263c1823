import MySQLWire
import Synchronization

/// The rows of a result, in the order they arrive. They are read once; what is not wanted may be left
/// unread: the rest is dropped when nobody holds the rows any more, and a connection that would have to read
/// more than a megabyte for that is closed.
///
/// ```swift
/// for try await row in try await connection.query("SELECT id, name FROM users") { … }
/// ```
public struct MySQLRows: AsyncSequence, Sendable {
  /// A row.
  public typealias Element = MySQLRow
  /// Everything that goes wrong is a `MySQLError`.
  public typealias Failure = MySQLError

  let source: RowSource

  init(_ source: RowSource) { self.source = source }

  /// The columns; known before the first row.
  public var columns: [MySQLColumn] { source.columns.columns }

  /// What the server said at the end of the rows, such as how many warnings there are; nil until then.
  public var result: MySQLResult? { source.result }

  /// All the rows that are left. They are kept as they arrived, and decoded when asked.
  ///
  /// - Throws: `MySQLError` if the server or the connection fails before the last row.
  public func collect() async throws(MySQLError) -> [MySQLRow] {
    var rows: [MySQLRow] = []
    while let batch = try await source.nextBatch() {
      for index in 0..<batch.rows.count { rows.append(MySQLRow(batch, index)) }
    }
    return rows
  }

  /// Begins to read, or goes on where another iterator stopped.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source) }

  /// Gives the rows one by one. Most steps only count: rows arrive in batches.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private let source: RowSource
    private var batch: Batch?
    private var index = 0

    init(_ source: RowSource) { self.source = source }

    /// The next row, or nil after the last.
    ///
    /// - Throws: `MySQLError` if the server or the connection fails before the last row; the rows before it
    ///   are good.
    public nonisolated(nonsending) mutating func next(
      isolation actor: (any Actor)?
    ) async throws(MySQLError) -> MySQLRow? {
      while true {
        if let batch, index < batch.rows.count {
          defer { index += 1 }
          return MySQLRow(batch, index)
        }
        guard let next = try await source.nextBatch() else { return nil }
        batch = next
        index = 0
      }
    }
  }
}

/// Gives the parts of an answer: an exchange with a server, or what a test makes up.
protocol PartSource: Sendable {
  nonisolated(nonsending) func next() async throws(MySQLError) -> Exchange.Part?
  /// Drops what is left.
  nonisolated(nonsending) func finish() async throws(MySQLError) -> MySQLResult?
}

extension Exchange: PartSource {}

/// Where the rows of one result come from.
final class RowSource: Sendable {
  let columns: ColumnList
  private let parts: any PartSource
  /// Whether results that follow are nobody's, and are read and dropped.
  private let isOnlyResult: Bool
  private let state = Mutex(State())

  private struct State {
    var isEnded = false
    var rows = 0
    var result: MySQLResult?
  }

  init(_ parts: any PartSource, _ columns: ColumnList, isOnlyResult: Bool) {
    self.parts = parts
    self.columns = columns
    self.isOnlyResult = isOnlyResult
    if columns.count == 0 { state.withLock { $0.isEnded = true } }
  }

  var result: MySQLResult? { state.withLock { $0.result } }
  var isEnded: Bool { state.withLock { $0.isEnded } }

  nonisolated(nonsending) func nextBatch() async throws(MySQLError) -> Batch? {
    guard !isEnded else { return nil }
    switch try await parts.next() {
    case .rows(let rows):
      let first = state.withLock { state in
        defer { state.rows += rows.count }
        return state.rows
      }
      return Batch(rows, columns, firstRow: first)
    case .done(let result, _):
      state.withLock {
        $0.isEnded = true
        $0.result = result
      }
      if isOnlyResult { _ = try await parts.finish() }
      return nil
    case .columns, nil:
      state.withLock { $0.isEnded = true }
      return nil
    }
  }
}
