/// An unsigned integer of 320 bits, enough for any 96 decimal digits, with the little arithmetic that
/// decimals need. A server itself calculates with 81 digits, and sends them: the product of two
/// DECIMAL(65,30) is not a DECIMAL(65) (MySQL 9.7, MariaDB 10.11).
struct DecimalMagnitude: Hashable, Sendable {
  // The least significant word comes first.
  private(set) var word0: UInt64
  private(set) var word1: UInt64 = 0
  private(set) var word2: UInt64 = 0
  private(set) var word3: UInt64 = 0
  private(set) var word4: UInt64 = 0

  @inline(__always)
  init(_ value: UInt64) { word0 = value }

  /// The value, if it fits into 64 bits.
  var word: UInt64? { word1 | word2 | word3 | word4 == 0 ? word0 : nil }

  var isZero: Bool { word0 | word1 | word2 | word3 | word4 == 0 }

  /// Multiplies, then adds. Returns false, and leaves garbage, if the result needs more than 320 bits.
  mutating func multiply(by factor: UInt64, adding addend: UInt64 = 0) -> Bool {
    var carry = addend
    Self.multiply(&word0, by: factor, carry: &carry)
    Self.multiply(&word1, by: factor, carry: &carry)
    Self.multiply(&word2, by: factor, carry: &carry)
    Self.multiply(&word3, by: factor, carry: &carry)
    Self.multiply(&word4, by: factor, carry: &carry)
    return carry == 0
  }

  /// Divides by a nonzero number and returns the remainder.
  mutating func divide(by divisor: UInt64) -> UInt64 {
    var remainder: UInt64 = 0
    (word4, remainder) = divisor.dividingFullWidth((remainder, word4))
    (word3, remainder) = divisor.dividingFullWidth((remainder, word3))
    (word2, remainder) = divisor.dividingFullWidth((remainder, word2))
    (word1, remainder) = divisor.dividingFullWidth((remainder, word1))
    (word0, remainder) = divisor.dividingFullWidth((remainder, word0))
    return remainder
  }

  @inline(__always)
  private static func multiply(_ word: inout UInt64, by factor: UInt64, carry: inout UInt64) {
    let product = word.multipliedFullWidth(by: factor)
    let (low, overflow) = product.low.addingReportingOverflow(carry)
    word = low
    // The high half of a product is at most 2^64 - 2.
    carry = product.high &+ (overflow ? 1 : 0)
  }
}

extension DecimalMagnitude: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    (left.word4, left.word3, left.word2, left.word1, left.word0)
      < (right.word4, right.word3, right.word2, right.word1, right.word0)
  }
}
