import MySQLWire

extension ColumnDefinition {
  /// The name up to its first NUL: the official client treats it as a C string.
  var shownName: [UInt8] { Array(nameBytes.prefix { $0 != 0 }) }

  /// The name as the server sent it.
  var nameBytes: [UInt8] { rawName ?? Array(name.utf8) }
}
