import MySQLWire

extension ColumnType {
  /// Whether its values are numbers, which are right-aligned.
  var isNumber: Bool {
    rawValue <= ColumnType.int24.rawValue && self != .timestamp || self == .year || self == .decimal
  }
}
