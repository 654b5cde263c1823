import MySQLWire

/// Rows that arrived together, shared by the row values made of them.
@usableFromInline
struct Batch: Sendable {
  let rows: RowBatch

  init(_ rows: RowBatch) { self.rows = rows }

  var columns: ResultColumns { rows.columns }
  var firstRow: Int { rows.firstRow }
}
