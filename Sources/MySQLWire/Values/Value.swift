/// What one cell of a row, or one parameter of a statement, holds. A column gives equal values whichever
/// protocol its row came by, text or binary.
///
/// There are exceptions that no client can mend, for by text the server says less: it prints six digits of a
/// FLOAT, as many digits of a DOUBLE with fixed decimals as those are (MariaDB's STD of an INT has four), and 0
/// for a DOUBLE that is infinite.
package enum Value: Hashable, Sendable {
  case null
  /// A signed integer. BOOL is TINYINT(1), and so here too.
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
