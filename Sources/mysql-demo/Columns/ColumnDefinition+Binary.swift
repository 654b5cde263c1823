import MySQLWire

extension ColumnDefinition {
  /// Whether `--binary-as-hex` shows its cells as hexadecimal numbers: they are bytes, not numbers, dates or JSON.
  var isBinary: Bool {
    guard collation == .binary else { return false }
    return switch type {
    case .bit, .blob, .tinyBlob, .mediumBlob, .longBlob, .varString, .string, .varchar, .geometry: true
    default: false
    }
  }
}
