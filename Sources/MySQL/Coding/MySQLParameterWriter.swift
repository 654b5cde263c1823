import MySQLWire

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
