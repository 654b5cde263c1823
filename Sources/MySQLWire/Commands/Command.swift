/// A request that a client can send once it has logged in. Large cases are indirect, because commands are
/// passed by value.
package enum Command: Sendable {
  /// COM_QUERY
  indirect case query([UInt8], attributes: ParameterList = ParameterList())
  /// COM_STMT_PREPARE
  case prepare([UInt8])
  /// COM_STMT_EXECUTE
  indirect case execute(Execution)
  /// COM_STMT_BULK_EXECUTE (MariaDB)
  indirect case executeBulk(BulkExecution)
  /// COM_STMT_SEND_LONG_DATA: a piece of a parameter. There is no response.
  case sendLongData(statement: UInt32, parameter: UInt16, [UInt8])
  /// COM_STMT_RESET: forgets long data and closes the cursor.
  case resetStatement(UInt32)
  /// COM_STMT_CLOSE. There is no response.
  case closeStatement(UInt32)
  /// COM_STMT_FETCH: more rows of an execution with a cursor.
  case fetch(statement: UInt32, rows: UInt32, columns: ResultColumns)
  /// COM_PING
  case ping
  /// COM_INIT_DB
  case useDatabase([UInt8])
  /// COM_STATISTICS
  case statistics
  /// COM_SET_OPTION
  case setMultiStatements(Bool)
  /// COM_RESET_CONNECTION
  case resetConnection
  /// COM_CHANGE_USER, with the user, passwords, database and methods from the settings.
  indirect case changeUser(SessionSettings)
  /// COM_QUIT. The server responds by closing the connection.
  case quit
}
