extension Execution {
  func write(to writer: inout ByteWriter, _ capabilities: Capabilities) {
    writer.writeStatementExecute(
      statement, parameters, attributes, usesCursor: usesCursor, sendsTypes: sendsTypes, capabilities)
  }
}

extension ByteWriter {
  /// Writes COM_STMT_EXECUTE: the statement's id, flags, and the parameters, followed by the attributes.
  mutating func writeStatementExecute(
    _ statement: UInt32, _ parameters: ParameterList, _ attributes: ParameterList?, usesCursor: Bool,
    sendsTypes: Bool, _ capabilities: Capabilities
  ) {
    write(code: .execute)
    let namesParameters = capabilities.contains(.queryAttributes)
    // CURSOR_TYPE_READ_ONLY, PARAMETER_COUNT_AVAILABLE, and the number of executions: one.
    let flags: UInt64 = (usesCursor ? 1 : 0) | (namesParameters ? 8 : 0)
    writeInteger(UInt64(statement) | flags << 32 | 1 << 40)
    writeUInt8(0)
    guard namesParameters, let attributes, attributes.count > 0 else {
      if namesParameters { writeLengthEncoded(parameters.count) }
      return parameters.write(to: &self, sendsTypes: sendsTypes, withNames: namesParameters)
    }
    var all = parameters
    all.append(contentsOf: attributes)
    writeLengthEncoded(all.count)
    all.write(to: &self, sendsTypes: sendsTypes, withNames: true)
  }
}
