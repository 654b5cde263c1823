public import Foundation
import MySQLWire

extension MySQLDecimal: MySQLDecodable {
  /// Reads a DECIMAL or an integer column.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      try decoder.decimal(content).map { Self($0) }
    }
  }
}

extension MySQLDecimal: MySQLEncodable {
  /// Writes a DECIMAL with all digits.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.list.append(.decimal(storage))
  }
}

extension Foundation.Decimal: MySQLDecodable {
  /// Reads a DECIMAL or integer column if Foundation's type can hold all its digits. It always holds 38.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      try decoder.decimal(content).flatMap { Self(exactly: MySQLDecimal($0)) }
    }
  }
}

extension Foundation.Decimal: MySQLEncodable {
  /// Writes a DECIMAL with all digits. Throws if the value is not a number, or has more than 96 digits.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    guard let exact = MySQLDecimal(exactly: self) else {
      throw writer.refuse("a Decimal that is not a number, or has more than 96 digits, cannot be sent")
    }
    try exact.encode(to: &writer)
  }
}
