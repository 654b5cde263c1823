import MySQLWire

/// The rows of a result, in the order they arrive. They can be read once. Rows may be left unread: the rest
/// is dropped when nothing holds the rows any more. If the rest is more than a megabyte, or takes long, the
/// statement is ended at the server; if that is impossible, the connection is closed.
///
/// ```swift
/// for try await row in try await connection.query("SELECT id, name FROM users") { … }
/// ```
public struct MySQLRows: AsyncSequence, Sendable {
  /// A row.
  public typealias Element = MySQLRow
  /// Everything that goes wrong is a `MySQLError`.
  public typealias Failure = MySQLError

  private let source: any PartSource
  private let wire: ResultColumns
  /// Where the end of the rows is noted, if further results with their own readers follow.
  private let end: ResultEnd?

  init(_ source: any PartSource, _ columns: ResultColumns, end: ResultEnd? = nil) {
    self.source = source
    wire = columns
    self.end = end
  }

  /// The columns; known before the first row.
  public var columns: [MySQLColumn] { wire.columns }

  /// What the server said at the end of the rows, such as how many warnings there are; nil until then.
  public var result: MySQLResult? { end.map { $0.result } ?? source.result }

  /// Returns all remaining rows. They are kept as they arrived, and decoded when requested.
  ///
  /// - Throws: `MySQLError` if the server or the connection fails before the last row.
  public nonisolated(nonsending) func collect() async throws(MySQLError) -> [MySQLRow] {
    var rows: [MySQLRow] = []
    while let block = try await nextBlock() {
      for index in 0..<block.rows.count { rows.append(MySQLRow(block, index)) }
    }
    return rows
  }

  /// Starts to read, or continues where another iterator stopped.
  public consuming func makeAsyncIterator() -> AsyncIterator { AsyncIterator(position: RowPosition(self)) }

  /// An iterator over the rows. Most steps only count, because rows arrive in blocks.
  public struct AsyncIterator: AsyncIteratorProtocol {
    var position: RowPosition

    /// Returns the next row, or nil after the last.
    ///
    /// - Throws: `MySQLError` if the server or the connection fails before the last row; the rows before the
    ///   failure are good.
    public nonisolated(nonsending) mutating func next(
      isolation actor: (any Actor)? = #isolation
    ) async throws(MySQLError) -> MySQLRow? {
      if !position.advance(), try !position.refillNow() { try await position.refill() }
      return position.block.map { MySQLRow($0, position.row) }
    }
  }

  /// What has arrived of the rows.
  enum Arrival {
    case block(Block)
    case nothingYet
    case end
  }

  /// Returns the next rows, if they have arrived. A call that may wait costs a tenth of a microsecond more,
  /// whether it waits or not.
  func arrived() throws(MySQLError) -> Arrival {
    if let end, end.isReached { return .end }
    while true {
      switch try source.arrived() {
      case .part(.rows(let rows)):
        if rows.count > 0 { return .block(Block(rows)) }
      case .part(.done(let result, let hasMore)):
        end?.reach(result)
        if end != nil || !hasMore { return .end }
      case .part(.columns), .end: return .end
      case .nothingYet: return .nothingYet
      }
    }
  }

  /// Returns the next block that has rows, or nil after the last.
  nonisolated(nonsending) func nextBlock() async throws(MySQLError) -> Block? {
    while true {
      switch try arrived() {
      case .block(let block): return block
      case .end: return nil
      case .nothingYet: try await source.arrival()
      }
    }
  }
}
