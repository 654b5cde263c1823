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
    var writer = ByteWriter()
    for text in ["def", "shop", "users", "users", name, name] {
      writer.writeLengthEncoded(bytes: text.utf8)
    }
    writer.writeLengthEncoded(12)
    writer.writeInteger(collation.rawValue)
    writer.writeInteger(length)
    writer.writeUInt8(type.rawValue)
    writer.writeInteger(flags.rawValue)
    writer.writeUInt8(decimals)
    writer.write([0, 0])
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
