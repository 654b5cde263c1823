import MySQLWire

@testable import MySQL

/// Returns the names and values of the columns, as a statement binds them.
func encoded(
  _ value: some Encodable, using encoder: MySQLRowEncoder = MySQLRowEncoder()
) throws -> (names: [String], values: [Value]) {
  let names = try EncodedColumns(encoder.encode(value), encoder.keys).names
  let query: MySQLQuery = "\(values: value, using: encoder)"
  return (names, try query.values)
}
