/// What a client can ask for once it has logged in. What is large lies elsewhere: commands are passed on by value.
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
  /// COM_CHANGE_USER, with what the settings say of user, passwords, database and methods.
  indirect case changeUser(SessionSettings)
  /// COM_QUIT. The server answers by closing.
  case quit
}

/// A command that makes the session ready for another and goes ahead of it. Its answer is an OK.
package struct CommandAhead: Sendable {
  package var command: Command
  /// Whether nothing may be done in a session in which it failed. The failure of one that is not required is
  /// ignored.
  package var isRequired: Bool

  package init(_ command: Command, isRequired: Bool = true) {
    self.command = command
    self.isRequired = isRequired
  }
}

/// One execution of a prepared statement.
package struct Execution: Sendable {
  /// The statement prepared by the command before this one, on MariaDB 10.2 and later.
  package static var lastPrepared: UInt32 { .max }

  package var statement: UInt32
  package var parameters: ParameterList
  /// Whether the rows stay at the server, to be fetched.
  package var usesCursor = false
  /// Whether the parameters' types go along. They must at the first execution, and whenever they change.
  package var sendsTypes = true
  /// Query attributes, which follow the parameters.
  package var attributes = ParameterList()
  /// The columns as last seen, for servers that then leave the definitions out.
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
  /// The rows' values, each behind its indicator.
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
