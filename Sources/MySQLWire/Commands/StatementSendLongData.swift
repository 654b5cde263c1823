extension ByteWriter {
  /// Writes COM_STMT_SEND_LONG_DATA: the statement's id, the parameter's index, and a piece of its value.
  mutating func writeStatementSendLongData(_ bytes: [UInt8], statement: UInt32, parameter: UInt16) {
    write(code: .sendLongData)
    writeInteger(statement)
    writeInteger(parameter)
    write(bytes)
  }
}
