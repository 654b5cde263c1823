/// A row that arrived in pieces. Joining them takes a millisecond for some megabytes, which is for the reader's
/// thread to spend, and not for the one that serves all connections.
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

  /// - Throws: If its cells are not those of the columns.
  package consuming func joined() throws(Violation) -> RowBatch { try join() }

  /// Gives the row away. Consuming would copy the payload, which is to be held once only.
  fileprivate mutating func join() throws(Violation) -> RowBatch {
    let bytes = payload.join()
    try columns.checkRow(bytes.span.bytes)
    return RowBatch(columns: columns, row: bytes, firstRow: firstRow)
  }
}

extension Event {
  /// The event, with a large row in one piece.
  ///
  /// - Throws: If the row is malformed. The session does not know, so the connection has to be closed.
  package consuming func joined() throws(Violation) -> Event {
    var event = consume self
    guard case .largeRow(var row) = event else { return event }
    // The row is a copy, and its bytes are to be held once only.
    event = .needsInput
    return .rows(try row.join())
  }
}
