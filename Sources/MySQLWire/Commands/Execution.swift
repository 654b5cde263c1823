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
