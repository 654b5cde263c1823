import MySQLWire

/// What the fields of a packet depend on, apart from its bytes.
struct FieldContext {
  /// Whether the packet, or the command that it responds to, has to do with passwords.
  var isSecret: Bool
  let capabilities: Capabilities
  let columns: ResultColumns
  /// The command that a packet from the server responds to.
  let command: CommandCode?
  let parameterCount: Int
  /// The parameters that were sent ahead of an execution.
  let longData: Set<Int>
  /// The parameters of an execution, or the attributes of a query.
  var parameters: ParameterList?
}
