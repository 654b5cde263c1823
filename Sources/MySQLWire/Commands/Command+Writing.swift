extension Command {
  /// Writes the command's packet: its code and its body. Each body is written in a file of the command's name;
  /// COM_PING, COM_STATISTICS, COM_RESET_CONNECTION and COM_QUIT have none.
  func write(to writer: inout ByteWriter, _ capabilities: Capabilities) {
    switch self {
    case .query(let sql, let attributes):
      writer.writeQuery(sql.span.bytes, attributes: attributes, capabilities)
    case .prepare(let sql): writer.writeStatementPrepare(sql)
    case .execute(let execution): execution.write(to: &writer, capabilities)
    case .executeBulk(let execution): execution.write(to: &writer)
    case .sendLongData(let statement, let parameter, let bytes):
      writer.writeStatementSendLongData(bytes, statement: statement, parameter: parameter)
    case .resetStatement(let id): writer.writeStatementReset(id)
    case .closeStatement(let id): writer.writeStatementClose(id)
    case .fetch(let statement, let rows, _): writer.writeStatementFetch(statement, rows: rows)
    case .ping: writer.write(code: .ping)
    case .useDatabase(let name): writer.writeInitDatabase(name)
    case .statistics: writer.write(code: .statistics)
    case .setMultiStatements(let isOn): writer.writeSetOption(multiStatements: isOn)
    case .resetConnection: writer.write(code: .resetConnection)
    // The code alone. The session sends this command by `writeChangeUser`, with its answer to the challenge.
    case .changeUser: writer.write(code: .changeUser)
    case .quit: writer.write(code: .quit)
    }
  }
}

extension ByteWriter {
  /// Writes the first byte of a command.
  mutating func write(code: CommandCode) { writeUInt8(code.rawValue) }
}
