extension ByteWriter {
  /// Writes COM_STMT_PREPARE: the statement's text.
  mutating func writeStatementPrepare(_ sql: [UInt8]) {
    write(code: .prepare)
    write(sql)
  }
}
