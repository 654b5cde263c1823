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

/// A command that prepares the session for another and is sent ahead of it. The server replies with an OK.
package struct CommandAhead: Sendable {
  package var command: Command
  /// Whether a session in which it failed must not be used. The failure of a command that is not required is ignored.
  package var isRequired: Bool

  package init(_ command: Command, isRequired: Bool = true) {
    self.command = command
    self.isRequired = isRequired
  }
}

/// One execution of a prepared statement.
package struct Execution: Sendable {
  /// The id of the statement that the preceding command prepares, on MariaDB 10.2 and later.
  package static var lastPrepared: UInt32 { .max }

  package var statement: UInt32
  package var parameters: ParameterList
  /// Whether the rows stay on the server, to be fetched.
  package var usesCursor = false
  /// Whether the parameters' types are sent too. They must be at the first execution, and whenever they change.
  package var sendsTypes = true
  /// Query attributes, which follow the parameters.
  package var attributes = ParameterList()
  /// The columns from the last execution, for servers that then omit the definitions.
  package var knownColumns: ResultColumns?

  package init(statement: UInt32, parameters: ParameterList = ParameterList()) {
    self.statement = statement
    self.parameters = parameters
  }
}

/// Many executions of a prepared statement in one command.
package struct BulkExecution: Sendable {
  package var statement: UInt32
  package var flags: BulkFlags
  /// Two bytes for each parameter.
  package var types: [UInt8]
  /// The rows' values, each after its indicator.
  package var rows: [UInt8]

  package struct BulkFlags: OptionSet, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }
    /// STMT_BULK_FLAG_SEND_UNIT_RESULTS
    package static let unitResults = Self(rawValue: 64)
    /// STMT_BULK_FLAG_CLIENT_SEND_TYPES
    package static let sendsTypes = Self(rawValue: 128)
  }

  package init(statement: UInt32, flags: BulkFlags, types: [UInt8], rows: [UInt8]) {
    self.statement = statement
    self.flags = flags
    self.types = types
    self.rows = rows
  }
}
