extension ByteWriter {
  /// Writes COM_STMT_FETCH: the statement's id and the number of rows to send.
  mutating func writeStatementFetch(_ statement: UInt32, rows: UInt32) {
    write(code: .fetch)
    writeInteger(statement)
    writeInteger(rows)
  }
}
