/// The content of one cell of a row, or of one parameter of a statement. A column yields equal values in both
/// protocols, text and binary.
///
/// There are exceptions that no client can fix, because the text protocol carries less: the server prints six
/// digits of a FLOAT, only the fixed number of decimals of a DOUBLE that has one (MariaDB's STD of an INT has
/// four), and 0 for an infinite DOUBLE.
package enum Value: Hashable, Sendable {
  case null
  /// A signed integer. This includes BOOL, which is TINYINT(1).
  case integer(Int64)
  /// An integer of an UNSIGNED column, or a YEAR.
  case unsigned(UInt64)
  case float(Float)
  case double(Double)
  case decimal(Decimal)
  case date(CivilDate)
  case time(CivilTime)
  /// DATETIME, or TIMESTAMP in the time zone of the session.
  case dateTime(CivilDateTime)
  /// BIT(1) to BIT(64).
  case bits(UInt64)
  /// Text of any length, ENUM, SET and JSON.
  case text(String)
  /// Strings whose character set is binary, and GEOMETRY.
  case bytes([UInt8])
  case vector([Float])
}
