import MySQLWire

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

/// The writer of a statement's parameter values. Each value is encoded when it is written.
public struct MySQLParameterWriter {
  var list: ParameterList

  init(_ list: consuming ParameterList = ParameterList()) { self.list = list }

  /// Writes a value of any kind.
  ///
  /// - Throws: A `MySQLError` of the kind `encoding`.
  public mutating func write(_ value: MySQLValue) throws(MySQLError) { try value.encode(to: &self) }

  /// Writes NULL.
  public mutating func writeNull() { list.append(ParameterType(.null), isNull: true) }

  /// Writes one value, and checks that it was exactly one.
  mutating func append(_ value: some MySQLEncodable) throws(MySQLError) {
    let expected = list.count + 1
    try value.encode(to: &self)
    guard list.count == expected else { throw countError(of: value, list.count - expected + 1) }
  }

  /// Returns the error of a value that cannot be sent.
  func refuse(_ reason: String) -> MySQLError { MySQLError(.encoding, reason) }

  private func countError(of value: some MySQLEncodable, _ written: Int) -> MySQLError {
    MySQLError(
      .encoding, "\(type(of: value)) encodes \(written) values, and one parameter takes exactly one")
  }
}

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
