import MySQLTesting

@testable import MySQLWire

/// A column of a made-up result.
struct Column {
  var name = "c"
  var type: ColumnType
  var flags: ColumnFlags = []
  var collation = Collation.binary
  var length: UInt32 = 20
  var decimals: UInt8 = 0

  func definition() throws -> ColumnDefinition {
    let written = ColumnDefinition(
      schema: "shop", table: "users", name: name, collation: collation, length: length, type: type,
      flags: flags,
      decimals: decimals)
    var writer = ByteWriter()
    written.write(to: &writer, [])
    return try ColumnDefinition(payload: writer.bytes, capabilities: [])
  }

  func named(_ name: String) -> Column {
    var column = self
    column.name = name
    return column
  }

  static func text(_ name: String = "c") -> Column {
    Column(name: name, type: .varString, collation: .utf8mb4)
  }
  static func int(_ name: String = "c") -> Column { Column(name: name, type: .long) }
}
