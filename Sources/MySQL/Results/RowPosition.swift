import MySQLWire

/// The position of an iteration over rows: a row of a block.
@usableFromInline
struct RowPosition {
  private let rows: MySQLRows
  @usableFromInline var block: Block?
  @usableFromInline var row = -1
  @usableFromInline var count = 0

  init(_ rows: MySQLRows) { self.rows = rows }

  /// Goes to the next row. Returns false if the block has none.
  @inlinable
  mutating func advance() -> Bool {
    row += 1
    return row < count
  }

  /// Takes the next block, or the end. Returns false if the caller must wait for it.
  @usableFromInline
  mutating func refillNow() throws(MySQLError) -> Bool {
    switch try rows.arrived() {
    case .block(let next): start(next)
    case .end: start(nil)
    case .nothingYet: return false
    }
    return true
  }

  /// Takes the next block, or the end.
  @usableFromInline
  nonisolated(nonsending) mutating func refill() async throws(MySQLError) {
    start(nil)
    start(try await rows.nextBlock())
  }

  private mutating func start(_ next: Block?) {
    block = next
    count = next?.rows.count ?? 0
    row = 0
  }
}
