extension ByteWriter {
  /// Writes COM_STMT_CLOSE: the statement's id.
  mutating func writeStatementClose(_ statement: UInt32) {
    write(code: .closeStatement)
    writeInteger(statement)
  }
}
