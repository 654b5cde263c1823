extension BulkExecution {
  /// Writes COM_STMT_BULK_EXECUTE: the statement's id, flags, the types and the rows.
  func write(to writer: inout ByteWriter) {
    writer.write(code: .executeBulk)
    writer.writeInteger(statement)
    writer.writeInteger(flags.rawValue)
    if flags.contains(.sendsTypes) { writer.write(types) }
    writer.write(rows)
  }
}
