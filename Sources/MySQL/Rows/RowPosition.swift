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

  /// Takes the next batch that has rows.
  @usableFromInline
  nonisolated(nonsending) mutating func refill(isolation: (any Actor)?) async throws(MySQLError) {
    batch = nil
    count = 0
    row = 0
    while let next = try await source.nextBatch() {
      guard next.rows.count > 0 else { continue }
      batch = next
      count = next.rows.count
      return
    }
  }
}
