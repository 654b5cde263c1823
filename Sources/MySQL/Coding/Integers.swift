import MySQLWire

// Integers are read from integer columns, YEAR, BIT, and DECIMAL without digits after the point, which is the
// type that the server gives to SUM. A value that does not fit throws.

extension Int64: MySQLDecodable {
  /// Reads an integer.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      try decoder.wholeInt64(content)
    }
  }
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

extension UInt: MySQLDecodable {
  /// Reads an integer that is not negative.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      if let value = try decoder.uint64(content) { return UInt(exactly: value) }
      return try decoder.wholeDecimal(content).flatMap { UInt64(exactly: $0) }.flatMap { UInt(exactly: $0) }
    }
  }
}

extension Int: MySQLDecodable {
  /// Reads an integer.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension Int32: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension Int16: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension Int8: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension UInt32: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension UInt16: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension UInt8: MySQLDecodable {
  /// Reads an integer that fits.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self { try cell.narrowInteger() }
}

extension Bool: MySQLDecodable {
  /// Reads an integer column or a BIT: zero is false, and everything else is true, as in SQL.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      switch decoder.kind {
      case .integer: try decoder.int64(content).map { $0 != 0 }
      case .unsigned, .bits: try decoder.uint64(content).map { $0 != 0 }
      default: nil
      }
    }
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
