public import Foundation
import MySQLWire

extension Int {
  /// Nil if the number has a fraction or lies beyond 64 bits; 7.00 is 7.
  public init?(exactly value: MySQLDecimal) {
    guard let value = Int64(exactly: value.wire) else { return nil }
    self.init(exactly: value)
  }
}

extension Double {
  /// The Double that is nearest to the number.
  public init(_ value: MySQLDecimal) { self.init(value.wire) }
}

extension Foundation.Decimal {
  /// Nil if the number has more than the 38 digits that this type is sure to hold.
  public init?(exactly value: MySQLDecimal) {
    // Beyond its digits Foundation rounds, and says nothing.
    guard let decimal = Foundation.Decimal(string: value.description), MySQLDecimal(exactly: decimal) == value
    else { return nil }
    self = decimal
  }
}

extension Foundation.Decimal: MySQLDecodable {
  /// Reads a DECIMAL or an integer column of which Foundation's type holds all digits: 38 of them always.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      try decoder.decimal(content).flatMap { Self(exactly: MySQLDecimal($0)) }
    }
  }
}
