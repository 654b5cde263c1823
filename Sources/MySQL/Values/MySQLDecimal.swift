public import Foundation
import MySQLWire

/// An exact decimal number: DECIMAL(65,30), and up to 96 digits. It uses no heap.
///
/// The digits after the point are kept, so `1.50` prints as `1.50`; in comparisons only the number counts.
public struct MySQLDecimal: Hashable, Sendable {
  let storage: MySQLWire.Decimal

  init(_ storage: MySQLWire.Decimal) { self.storage = storage }

  /// Makes the number from an integer.
  public init(_ value: Int) { storage = MySQLWire.Decimal(Int64(value)) }

  /// Makes the number from an integer.
  public init(_ value: Int64) { storage = MySQLWire.Decimal(value) }

  /// Makes the number from an integer.
  public init(_ value: UInt64) { storage = MySQLWire.Decimal(value) }

  /// Makes the decimal with the fewest digits, which is how a Double prints: 0.1 becomes 0.1. Nil if the
  /// value is not finite or needs more than 96 digits.
  public init?(shortest value: Double) {
    guard let storage = MySQLWire.Decimal(shortest: value) else { return nil }
    self.storage = storage
  }

  /// Makes the same number, or nil if it is not a number or needs more than 96 digits.
  public init?(exactly value: Foundation.Decimal) {
    guard let storage = Self.parse(value.description) else { return nil }
    self.storage = storage
  }

  /// 0
  public static let zero = Self(MySQLWire.Decimal.zero)

  /// Whether the number is 0, whatever its digits.
  public var isZero: Bool { storage.isZero }
  /// Whether there is a minus sign; the server sometimes sends one with zero.
  public var isNegative: Bool { storage.isNegative }
  /// How many digits there are after the point.
  public var scale: Int { Int(storage.scale) }

  private static func parse(_ text: String) -> MySQLWire.Decimal? {
    try? MySQLWire.Decimal(text: Array(text.utf8).span.bytes)
  }
}

extension MySQLDecimal: Comparable {
  /// Whether the first is the smaller number.
  public static func < (left: Self, right: Self) -> Bool { left.storage < right.storage }
}

extension MySQLDecimal: ExpressibleByIntegerLiteral {
  /// Makes the number from an integer.
  public init(integerLiteral value: Int64) { self.init(value) }
}

extension MySQLDecimal: LosslessStringConvertible {
  /// Reads a sign, digits and digits after a point: `-12.50`. Nil for everything else, and for more than 96
  /// digits.
  public init?(_ description: String) {
    guard let storage = Self.parse(description) else { return nil }
    self.storage = storage
  }

  /// All digits, as the server prints them.
  public var description: String { storage.description }
}

extension MySQLDecimal: Codable {
  /// Reads the text.
  public init(from decoder: any Decoder) throws { self = try decoder.parseText() }

  /// Writes the text: a number would lose digits in most coders.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
