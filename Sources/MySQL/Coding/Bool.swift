import MySQLWire

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

extension Bool: MySQLEncodable {
  /// Writes 1 or 0.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(signed: self ? 1 : 0)
  }
}
