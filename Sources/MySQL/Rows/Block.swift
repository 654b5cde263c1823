import MySQLWire

/// Rows that arrived together, shared by the row values made of them.
@usableFromInline
struct Block: Sendable {
  let rows: RowBlock

  init(_ rows: RowBlock) { self.rows = rows }

  var columns: ResultColumns { rows.columns }
  var firstRow: Int { rows.firstRow }
}
