import MySQLWire

/// A writer of one result. It gets the columns first, then batches of rows, then the end.
protocol ResultWriter {
  mutating func begin(_ columns: ResultColumns)
  mutating func write(_ batch: RowBatch)
  mutating func end()
}
