/// A row that arrived in pieces. Joining them takes a millisecond for some megabytes, which is for the reader's
/// thread to spend, and not for the one that serves all connections.
package struct LargeRow: Sendable {
  let columns: ResultColumns
  let payload: LargePayload

  package var size: Int { payload.count }

  /// - Throws: If its cells are not those of the columns.
  package consuming func joined() throws(Violation) -> RowBatch {
    let columns = columns
    let bytes = payload.joined()
    try columns.checkRow(bytes.span.bytes)
    return RowBatch(columns: columns, row: bytes)
  }
}

extension Event {
  /// The event, with a large row in one piece.
  ///
  /// - Throws: If the row is malformed. The session does not know, so the connection has to be closed.
  package consuming func joined() throws(Violation) -> Event {
    switch consume self {
    case .largeRow(let row): .rows(try row.joined())
    case let other: other
    }
  }
}
