/// A type that can be made from one cell of a row.
///
/// The standard types conform, as do `MySQLDate`, `MySQLDateTime`, `MySQLTime`, `MySQLDecimal`, `MySQLJSON`
/// and `MySQLValue`. An enum with a raw value needs only to name the protocol:
///
/// ```swift
/// enum Priority: Int, MySQLDecodable { case low, high }
/// ```
///
/// and any other type decodes what it is made of:
///
/// ```swift
/// struct Kelvin: MySQLDecodable {
///   var degrees: Double
///   static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { Self(degrees: try cell.decode()) }
/// }
/// ```
///
/// Whether a column converts to a type depends on the column's type alone. Its value only decides whether it
/// fits, and nothing is rounded, cut off or guessed; `Docs/Values.md` has the table.
public protocol MySQLDecodable: Sendable {
  /// Makes the value from a cell. A NULL cell throws unless the type is an Optional.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`; `MySQLCell.decodingError` makes one.
  static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self
}

extension MySQLCell {
  /// Decodes the cell: `let age = try row[2].decode(Int?.self)`.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`, which names the column, the row and both types.
  @inlinable
  public func decode<Wanted: MySQLDecodable>(_ type: Wanted.Type = Wanted.self) throws(MySQLError) -> Wanted {
    try Wanted.decode(self)
  }
}

extension Optional: MySQLDecodable where Wrapped: MySQLDecodable {
  /// Decodes NULL as nil.
  @inlinable
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    if cell.isNull { return nil }
    return try Wrapped.decode(cell)
  }
}

extension MySQLDecodable where Self: RawRepresentable, RawValue: MySQLDecodable {
  /// Makes the value from its raw value.
  @inlinable
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    if cell.isNull { throw cell.nullError(as: Self.self) }
    guard let value = Self(rawValue: try RawValue.decode(cell)) else {
      throw cell.decodingError(as: Self.self, "it has no such value")
    }
    return value
  }
}
