import MySQLWire

/// A part of a response.
enum ResultPart {
  case columns(ResultColumns)
  case rows(RowBlock)
  /// The end of a result, with or without rows before it.
  case done(MySQLResult, hasMore: Bool)
}
