/// A row that arrived in pieces. Joining them takes a millisecond for a few megabytes, so the reader's thread
/// does it, not the thread that serves all connections.
package struct LargeRow: Sendable {
  let columns: ResultColumns
  private var payload: LargePayload
  private let firstRow: Int

  init(columns: ResultColumns, payload: consuming LargePayload, firstRow: Int) {
    self.columns = columns
    self.payload = payload
    self.firstRow = firstRow
  }

  package var size: Int { payload.count }

  /// - Throws: If the row's cells do not match the columns.
  package consuming func joined() throws(Violation) -> RowBlock { try join() }

  /// Returns the row in one piece. Mutating, because consuming would copy the payload, which is to be held only once.
  mutating func join() throws(Violation) -> RowBlock {
    let bytes = payload.join()
    try columns.checkRow(bytes.span.bytes)
    return RowBlock(columns: columns, row: bytes, firstRow: firstRow)
  }
}
