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
  /// The next part if it has arrived.
  func arrived() throws(MySQLError) -> Exchange.Part?
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
    /// Whether results follow that are still to be dropped.
    var isFollowed = false
    var rows = 0
    var result: MySQLResult?
  }

  /// What can be had without waiting.
  enum Arrival {
    case batch(Batch)
    case end
    case nothingYet
  }

  init(_ parts: any PartSource, _ columns: ColumnList, isOnlyResult: Bool) {
    self.parts = parts
    self.columns = columns
    self.isOnlyResult = isOnlyResult
    if columns.count == 0 { state.withLock { $0.isEnded = true } }
  }

  var result: MySQLResult? { state.withLock { $0.result } }
  var isEnded: Bool { state.withLock { $0.isEnded } }

  /// The next batch, or nil after the last.
  nonisolated(nonsending) func nextBatch() async throws(MySQLError) -> Batch? {
    var arrival = try arrived()
    if case .nothingYet = arrival, !isEnded { arrival = receive(try await parts.next()) }
    if case .batch(let batch) = arrival { return batch }
    if state.withLock({ exchange(&$0.isFollowed, with: false) }) { _ = try await parts.finish() }
    return nil
  }

  /// The next batch, if nothing has to be waited for. A call that may wait costs a tenth of a microsecond
  /// more, whether it waits or not.
  func arrived() throws(MySQLError) -> Arrival {
    let (isEnded, isFollowed) = state.withLock { ($0.isEnded, $0.isFollowed) }
    guard !isEnded else { return isFollowed ? .nothingYet : .end }
    guard let part = try parts.arrived() else { return .nothingYet }
    return receive(part)
  }

  private func receive(_ part: Exchange.Part?) -> Arrival {
    state.withLock { state in
      switch part {
      case .rows(let rows):
        defer { state.rows += rows.count }
        return .batch(Batch(rows, columns, firstRow: state.rows))
      case .done(let result, let hasMore):
        state.isEnded = true
        state.result = result
        state.isFollowed = isOnlyResult && hasMore
        return state.isFollowed ? .nothingYet : .end
      case .columns, nil:
        state.isEnded = true
        return .end
      }
    }
  }
}
