extension ByteWriter {
  /// Writes COM_SET_OPTION: MYSQL_OPTION_MULTI_STATEMENTS_ON or MYSQL_OPTION_MULTI_STATEMENTS_OFF.
  mutating func writeSetOption(multiStatements isOn: Bool) {
    write(code: .setOption)
    writeInteger(isOn ? UInt16(0) : UInt16(1))
  }
}
