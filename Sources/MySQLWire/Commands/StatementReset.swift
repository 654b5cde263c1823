extension ByteWriter {
  /// Writes COM_STMT_RESET: the statement's id.
  mutating func writeStatementReset(_ statement: UInt32) {
    write(code: .resetStatement)
    writeInteger(statement)
  }
}
