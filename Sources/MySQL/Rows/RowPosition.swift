import MySQLWire

/// Where an iteration over rows stands: at a row of a batch.
@usableFromInline
struct RowPosition {
  private let source: RowSource
  @usableFromInline var batch: Batch?
  @usableFromInline var row = -1
  @usableFromInline var count = 0

  init(_ rows: MySQLRows) { source = rows.source }

  /// Goes to the next row; false if the batch has none.
  @inlinable
  mutating func advance() -> Bool {
    row += 1
    return row < count
  }

  /// Takes the next batch that has rows, or the end; false if it must be waited for.
  @usableFromInline
  mutating func refillNow() throws(MySQLError) -> Bool {
    while true {
      switch try source.arrived() {
      case .batch(let next) where next.rows.count == 0: continue
      case .batch(let next): start(next)
      case .end: start(nil)
      case .nothingYet: return false
      }
      return true
    }
  }

  /// Takes the next batch that has rows, or the end.
  @usableFromInline
  mutating func refill() async throws(MySQLError) {
    start(nil)
    while batch == nil, let next = try await source.nextBatch() {
      if next.rows.count > 0 { start(next) }
    }
  }

  private mutating func start(_ next: Batch?) {
    batch = next
    count = next?.rows.count ?? 0
    row = 0
  }
}
