import MySQLWire

extension MySQLDate: MySQLDecodable {
  /// Reads a DATE.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      try decoder.date(content).map { Self($0) }
    }
  }
}

extension MySQLDate: MySQLEncodable {
  /// Writes a DATE.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.list.append(.date(storage))
  }
}

extension MySQLDateTime: MySQLDecodable {
  /// Reads a DATETIME or TIMESTAMP.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      try decoder.dateTime(content).map { Self($0) }
    }
  }
}

extension MySQLDateTime: MySQLEncodable {
  /// Writes a DATETIME. For a TIMESTAMP, the server takes it to be in the time zone of the session.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.list.append(.dateTime(storage))
  }
}

extension MySQLTime: MySQLDecodable {
  /// Reads a TIME.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      try decoder.time(content).map { Self($0) }
    }
  }
}

extension MySQLTime: MySQLEncodable {
  /// Writes a TIME.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    // MySQL (9.7.4) refuses a binary parameter in hour 838 that has a fraction, but accepts it as text.
    if hours == 838, microseconds > 0 { return try description.encode(to: &writer) }
    writer.list.append(.time(storage))
  }
}
