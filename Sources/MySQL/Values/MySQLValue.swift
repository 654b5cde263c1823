import MySQLWire

/// The content of any cell, with nothing lost, for programs that learn the columns' types only when they run.
/// A column has the same values in the text protocol as in the binary one; `Docs/Values.md` has the
/// exceptions, which are the server's.
public enum MySQLValue: Hashable, Sendable {
  /// NULL.
  case null
  /// A signed integer column. BOOL is TINYINT(1), and so is read as this.
  case integer(Int64)
  /// An integer column that is UNSIGNED, or a YEAR.
  case unsigned(UInt64)
  /// FLOAT.
  case float(Float)
  /// DOUBLE.
  case double(Double)
  /// DECIMAL.
  case decimal(MySQLDecimal)
  /// DATE.
  case date(MySQLDate)
  /// TIME.
  case time(MySQLTime)
  /// DATETIME, or TIMESTAMP in the time zone of the session.
  case dateTime(MySQLDateTime)
  /// BIT.
  case bits(UInt64)
  /// Text of any length, ENUM, SET and JSON. Invalid UTF-8 is repaired; `MySQLCell.bytes` has the original
  /// bytes.
  case text(String)
  /// Strings whose character set is binary, and GEOMETRY.
  case bytes([UInt8])
  /// MySQL's VECTOR; MariaDB sends one as bytes.
  case vector([Float])

  init(_ value: Value) {
    self =
      switch value {
      case .null: .null
      case .integer(let value): .integer(value)
      case .unsigned(let value): .unsigned(value)
      case .float(let value): .float(value)
      case .double(let value): .double(value)
      case .decimal(let value): .decimal(MySQLDecimal(value))
      case .date(let value): .date(MySQLDate(value))
      case .time(let value): .time(MySQLTime(value))
      case .dateTime(let value): .dateTime(MySQLDateTime(value))
      case .bits(let value): .bits(value)
      case .text(let value): .text(value)
      case .bytes(let value): .bytes(value)
      case .vector(let value): .vector(value)
      }
  }
}
