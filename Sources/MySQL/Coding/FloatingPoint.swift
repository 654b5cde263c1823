import MySQLWire

extension Double: MySQLDecodable {
  /// Reads a DOUBLE or FLOAT; a DECIMAL, as the nearest Double; or an integer column, if a Double holds the
  /// exact number.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      if let value = try decoder.double(content) { return value }
      return try decoder.doubleOfExactNumber(content)
    }
  }
}

extension Double: MySQLEncodable {
  /// Writes a DOUBLE. Throws if the value is infinite or not a number.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try writer.write(finite: self)
  }
}

extension Float: MySQLDecodable {
  /// Reads a FLOAT. A DOUBLE is refused, although some of its values would fit: a program that works with 0.5
  /// should not fail with 0.1.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in try decoder.float(content) }
  }
}

extension Float: MySQLEncodable {
  /// Writes a FLOAT. Throws if the value is infinite or not a number.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try writer.write(finite: self)
  }
}

extension ColumnDecoder {
  @inline(never)
  fileprivate func doubleOfExactNumber(_ content: RawSpan) throws(Violation) -> Double? {
    switch kind {
    case .decimal: try decimal(content).map { Double($0) }
    case .integer: try int64(content).flatMap { Double(exactly: $0) }
    case .unsigned: try uint64(content).flatMap { Double(exactly: $0) }
    default: nil
    }
  }
}

extension MySQLParameterWriter {
  fileprivate mutating func write(finite value: Double) throws(MySQLError) {
    guard value.isFinite else { throw .notFinite(value) }
    list.append(ParameterType(.double)) { $0.writeInteger(value.bitPattern) }
  }

  fileprivate mutating func write(finite value: Float) throws(MySQLError) {
    guard value.isFinite else { throw .notFinite(Double(value)) }
    list.append(ParameterType(.float)) { $0.writeInteger(value.bitPattern) }
  }
}

extension MySQLError {
  fileprivate static func notFinite(_ value: Double) -> MySQLError {
    MySQLError(.encoding, "\(value) is not a number that a server can store: bind nil for NULL")
  }
}
