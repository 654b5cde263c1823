/// What one cell of a row, or one parameter of a statement, holds. A column gives equal values whichever
/// protocol its row came by, text or binary.
///
/// FLOAT is the exception that no client can mend: by text the server prints six digits of it.
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
