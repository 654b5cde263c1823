/// An exact decimal number: DECIMAL(65,30), and up to 96 digits. It uses no heap memory.
///
/// The digits after the point are kept as the server sent them, so `1.0` prints as `1.0`; comparisons and
/// hashes consider only the number. A zero that the server sent with a sign keeps it for printing, and is
/// equal to zero without it.
package struct Decimal: Sendable {
  package let isNegative: Bool
  /// The number of digits after the point.
  package let scale: UInt8
  let magnitude: DecimalMagnitude

  @inline(__always)
  init(isNegative: Bool, magnitude: DecimalMagnitude, scale: UInt8) {
    self.isNegative = isNegative
    self.magnitude = magnitude
    self.scale = scale
  }

  package static let zero = Self(isNegative: false, magnitude: DecimalMagnitude(0), scale: 0)

  package var isZero: Bool { magnitude.isZero }
}

extension Decimal: Comparable {
  package static func == (left: Self, right: Self) -> Bool {
    compare(left, right) == 0
  }

  package static func < (left: Self, right: Self) -> Bool {
    compare(left, right) < 0
  }

  /// Returns a negative number, zero or a positive number if the left is less than, equal to or greater than
  /// the right.
  private static func compare(_ left: Self, _ right: Self) -> Int {
    let leftSign = left.isZero ? 0 : left.isNegative ? -1 : 1
    let rightSign = right.isZero ? 0 : right.isNegative ? -1 : 1
    if leftSign != rightSign || leftSign == 0 { return leftSign - rightSign }
    let scale = max(left.scale, right.scale)
    // A magnitude that overflows here belongs to the number with the smaller scale, which is then the larger
    // number: the other one fits into 320 bits as it is.
    guard let leftMagnitude = left.magnitude(atScale: scale) else { return leftSign }
    guard let rightMagnitude = right.magnitude(atScale: scale) else { return -leftSign }
    if leftMagnitude == rightMagnitude { return 0 }
    return leftMagnitude < rightMagnitude ? -leftSign : leftSign
  }

  /// Returns the magnitude with zeros appended up to a scale not below its own, or nil if that is too large.
  private func magnitude(atScale target: UInt8) -> DecimalMagnitude? {
    var result = magnitude
    for _ in scale..<target {
      guard result.multiply(by: 10) else { return nil }
    }
    return result
  }
}

extension Decimal: Hashable {
  package func hash(into hasher: inout Hasher) {
    let shortest = withoutTrailingZeros
    hasher.combine(shortest.isNegative)
    hasher.combine(shortest.scale)
    hasher.combine(shortest.magnitude)
  }

  /// The same number with as few digits after the point as it needs, and no sign on zero.
  package var withoutTrailingZeros: Self {
    if isZero { return .zero }
    var magnitude = magnitude
    var scale = scale
    while scale > 0 {
      var shorter = magnitude
      guard shorter.divide(by: 10) == 0 else { break }
      magnitude = shorter
      scale -= 1
    }
    return Self(isNegative: isNegative, magnitude: magnitude, scale: scale)
  }
}
