import MySQLWire

@testable import MySQL

extension MySQLQuery {
  /// The values that the statement binds.
  var values: [Value] { get throws { try checkedParameters.decoded() } }
}
