/// A decimal number that was read, to be converted to the nearest binary one: significand × 10^exponent.
struct DecimalScan {
  var isNegative: Bool
  var significand: UInt64
  var exponent: Int
  /// Whether the significand has at most 19 digits. If it has more, it has wrapped.
  var isExact: Bool
}

// The algorithm of Eisel and Lemire: one multiplication by a power of five of 128 bits nearly always decides
// to which binary number a decimal one rounds, and shows when it does not.
extension Double {
  /// Returns the Double nearest to significand × 10^exponent, ties to even, or infinity if it is too large.
  /// Returns nil in the rare case that the algorithm cannot decide.
  @inline(__always)
  static func nearest(_ significand: UInt64, exponent: Int) -> Double? {
    // Clinger's method: both numbers are exact, so the single operation rounds correctly. It saves 7 ns.
    if significand <= 1 << 53, -22...22 ~= exponent {
      let value = Double(Int64(truncatingIfNeeded: significand))
      return exponent < 0 ? value / exactPowersOfTen[0 &- exponent] : value * exactPowersOfTen[exponent]
    }
    guard let bits = nearestBits(significand, exponent: exponent, precision: 53, bias: 1023) else {
      return nil
    }
    return Double(bitPattern: min(bits, Double.infinity.bitPattern))
  }
}

extension Float {
  /// Returns the Float nearest to significand × 10^exponent, rounded once. See ``Double/nearest(_:exponent:)``.
  @inline(__always)
  static func nearest(_ significand: UInt64, exponent: Int) -> Float? {
    guard let bits = nearestBits(significand, exponent: exponent, precision: 24, bias: 127) else {
      return nil
    }
    return Float(bitPattern: UInt32(min(bits, UInt64(Float.infinity.bitPattern))))
  }
}

/// Returns the bits of the nearest number. Returns nil if the number is subnormal, or lies so near the middle
/// between two others that 128 bits cannot decide.
@inline(__always)
private func nearestBits(_ significand: UInt64, exponent: Int, precision: Int, bias: Int) -> UInt64? {
  if significand == 0 { return 0 }
  guard PowersOfFive.exponents ~= exponent else { return nil }
  let power = PowersOfFive.leading[exponent &- PowersOfFive.exponents.lowerBound]
  let powerIsExact = PowersOfFive.exactExponents ~= exponent

  // The product has three words: top, middle and tail. If the power was rounded down, the true product is
  // greater, but by less than 2 in the middle word.
  let zeros = significand.leadingZeroBitCount
  let factor = significand &<< UInt64(truncatingIfNeeded: zeros)
  let high = factor.multipliedFullWidth(by: UInt64(truncatingIfNeeded: power >> 64))
  let low = factor.multipliedFullWidth(by: UInt64(truncatingIfNeeded: power))
  let (middle, carry) = high.low.addingReportingOverflow(low.high)
  let top = high.high &+ (carry ? 1 : 0)
  let tail = low.low

  // The number is top × 2^(e - 63), with e = floor(log2(10^exponent)) - zeros + 64, and the leading 1 bit of
  // `top` is its bit 63 or 62.
  let topBit = 62 &+ Int(truncatingIfNeeded: top >> 63)
  let biased = ((217_706 &* exponent) >> 16) &- zeros &+ 64 &- (63 &- topBit) &+ bias
  guard biased > 0 else { return nil }

  let dropped = UInt64(truncatingIfNeeded: topBit &+ 1 &- precision)
  let kept = top &>> dropped
  let half = 1 &<< (dropped &- 1)
  let rest = top & (half &* 2 &- 1)
  var roundsUp = rest >= half
  if rest == half, middle == 0, powerIsExact, tail == 0 {
    roundsUp = kept & 1 == 1
  } else if rest == half &- 1, middle == .max, !powerIsExact {
    return nil
  }
  // The leading 1 bit of `kept` adds itself to the exponent, as does a carry from the rounding.
  let exponentBits = UInt64(truncatingIfNeeded: biased &- 1) &<< UInt64(truncatingIfNeeded: precision &- 1)
  return exponentBits &+ kept &+ (roundsUp ? 1 : 0)
}

private let exactPowersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]
