import MySQLWire

/// Rows that arrived together, shared by the row values made of them.
@usableFromInline
final class Batch: Sendable {
  let rows: RowBatch
  let columns: ColumnList
  /// How many rows of the result came before, so that an error can name its row.
  let firstRow: Int

  init(_ rows: RowBatch, _ columns: ColumnList, firstRow: Int) {
    self.rows = rows
    self.columns = columns
    self.firstRow = firstRow
  }
}
