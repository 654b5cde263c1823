import Synchronization

/// A row that arrived in pieces. Joining them may take milliseconds, so the reader's thread does it, not the thread that
/// serves all connections. An object, so that the bytes are held only once however many references there are.
package final class LargeRow: Sendable {
  let columns: ResultColumns
  package let size: Int
  private let payload: Mutex<LargePayload>
  /// Where the memory of the row goes once nobody uses it.
  package let spare: SpareMemory
  private let firstRow: Int

  init(columns: ResultColumns, payload: consuming LargePayload, spare: SpareMemory, firstRow: Int) {
    self.columns = columns
    self.spare = spare
    self.firstRow = firstRow
    size = payload.count
    self.payload = Mutex(payload)
  }

  /// Returns the row in one piece. Call it once: it takes the bytes out.
  ///
  /// - Throws: If the row's cells do not match the columns.
  package func joined() throws(Violation) -> RowBlock {
    let bytes = payload.withLock { $0.join() }
    try columns.checkRow(bytes.span.bytes)
    return RowBlock(columns: columns, row: bytes, firstRow: firstRow, spare: spare)
  }
}
