import MySQLWire

/// A writer of one result. It gets the columns first, then blocks of rows, then the end.
protocol ResultWriter {
  mutating func begin(_ columns: ResultColumns)
  mutating func write(_ block: RowBlock)
  mutating func end()
}
