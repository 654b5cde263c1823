import MySQLWire

// Integers are read from integer columns, YEAR, BIT, and DECIMAL without digits after the point, which is the
// type that the server gives to SUM. A value that does not fit throws.
//
// All integers are sent as 64 bits: a server that only sees one width does not prepare a statement again for
// another.

extension Int64: MySQLDecodable {
  /// Reads an integer.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      try decoder.wholeInt64(content)
    }
  }
}

extension Int64: MySQLEncodable {
  /// Writes a BIGINT.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) { writer.write(signed: self) }
}

extension UInt64: MySQLDecodable {
  /// Reads an integer that is not negative.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      if let value = try decoder.uint64(content) { return value }
      return try decoder.wholeDecimal(content).flatMap { UInt64(exactly: $0) }
    }
  }
}

extension UInt64: MySQLEncodable {
  /// Writes a BIGINT UNSIGNED.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(unsigned: self)
  }
}

extension UInt: MySQLDecodable {
  /// Reads an integer that is not negative.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      if let value = try decoder.uint64(content) { return UInt(exactly: value) }
      return try decoder.wholeDecimal(content).flatMap { UInt64(exactly: $0) }.flatMap { UInt(exactly: $0) }
    }
  }
}

extension UInt: MySQLEncodable {
  /// Writes a BIGINT UNSIGNED.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(unsigned: UInt64(self))
  }
}

extension Int: MySQLDecodable {
  /// Reads an integer.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension Int: MySQLEncodable {
  /// Writes a BIGINT.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(signed: Int64(self))
  }
}

extension Int32: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension Int32: MySQLEncodable {
  /// Writes a BIGINT.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(signed: Int64(self))
  }
}

extension Int16: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension Int16: MySQLEncodable {
  /// Writes a BIGINT.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(signed: Int64(self))
  }
}

extension Int8: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension Int8: MySQLEncodable {
  /// Writes a BIGINT.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(signed: Int64(self))
  }
}

extension UInt32: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension UInt32: MySQLEncodable {
  /// Writes a BIGINT UNSIGNED.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(unsigned: UInt64(self))
  }
}

extension UInt16: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension UInt16: MySQLEncodable {
  /// Writes a BIGINT UNSIGNED.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(unsigned: UInt64(self))
  }
}

extension UInt8: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension UInt8: MySQLEncodable {
  /// Writes a BIGINT UNSIGNED.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(unsigned: UInt64(self))
  }
}

extension MySQLCell {
  /// Reads an integer of a type whose range lies within that of Int64.
  @inline(__always)
  fileprivate func narrowInteger<I: FixedWidthInteger>(_ type: I.Type = I.self) throws(MySQLError) -> I {
    try decode(as: type) { (content, decoder) throws(Violation) in
      try decoder.wholeInt64(content).flatMap { I(exactly: $0) }
    }
  }
}

extension ColumnDecoder {
  @inline(__always)
  fileprivate func wholeInt64(_ content: RawSpan) throws(Violation) -> Int64? {
    if let value = try int64(content) { return value }
    return try wholeDecimal(content).flatMap { Int64(exactly: $0) }
  }

  /// Reads a DECIMAL whose column has no digits after the point.
  @inline(never)
  fileprivate func wholeDecimal(_ content: RawSpan) throws(Violation) -> Decimal? {
    guard kind == .decimal, let value = try decimal(content), value.scale == 0 else { return nil }
    return value
  }
}

extension MySQLParameterWriter {
  @inline(__always)
  mutating func write(signed value: Int64) {
    list.append(ParameterType(.longLong)) { $0.writeInteger(value) }
  }

  @inline(__always)
  fileprivate mutating func write(unsigned value: UInt64) {
    list.append(ParameterType(.longLong, isUnsigned: true)) { $0.writeInteger(value) }
  }
}
