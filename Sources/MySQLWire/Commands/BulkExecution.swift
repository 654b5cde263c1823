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
