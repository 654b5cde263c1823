/// A type whose values can be bound to a statement.
///
/// The standard types conform, as do `MySQLDate`, `MySQLDateTime`, `MySQLTime`, `MySQLDecimal`, `MySQLJSON`
/// and `MySQLValue`. An enum with a raw value needs only to name the protocol:
///
/// ```swift
/// enum Size: String, MySQLEncodable { case small, large }
/// ```
///
/// and any other type encodes what it is made of:
///
/// ```swift
/// struct Fahrenheit: MySQLEncodable {
///   var degrees: Double
///   func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) { try degrees.encode(to: &writer) }
/// }
/// ```
public protocol MySQLEncodable: Sendable {
  /// Writes exactly one value, by calling the writer or another type's `encode` once.
  ///
  /// - Throws: A `MySQLError` of the kind `encoding` if the value cannot be sent as it is.
  func encode(to writer: inout MySQLParameterWriter) throws(MySQLError)
}

/// A type that can be bound to a statement and made from a cell.
public typealias MySQLCodable = MySQLEncodable & MySQLDecodable

extension Optional: MySQLEncodable where Wrapped: MySQLEncodable {
  /// Writes NULL for nil.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    switch self {
    case .some(let value): try value.encode(to: &writer)
    case .none: writer.writeNull()
    }
  }
}

extension MySQLEncodable where Self: RawRepresentable, RawValue: MySQLEncodable {
  /// Writes the raw value.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try rawValue.encode(to: &writer)
  }
}
