public import Foundation
import MySQLWire

extension Int {
  /// Makes the same number, or nil if it has a fraction or does not fit into 64 bits; 7.00 is 7.
  public init?(exactly value: MySQLDecimal) {
    guard let value = Int64(exactly: value.storage) else { return nil }
    self.init(exactly: value)
  }
}

extension Double {
  /// Makes the Double that is nearest to the number.
  public init(_ value: MySQLDecimal) { self.init(value.storage) }
}

extension Foundation.Decimal {
  /// Makes the same number, or nil if this type cannot hold all its digits. It always holds 38.
  public init?(exactly value: MySQLDecimal) {
    // Foundation silently rounds a number that has more digits than it can hold.
    guard let decimal = Foundation.Decimal(string: value.description), MySQLDecimal(exactly: decimal) == value
    else { return nil }
    self = decimal
  }
}
