/// A decimal number that was read, on its way to the nearest binary one: significand × 10^exponent.
struct DecimalScan {
  var isNegative: Bool
  var significand: UInt64
  var exponent: Int
  /// False if the significand has more than 19 digits, and so wrapped.
  var isExact: Bool
}

// After Eisel and Lemire: one multiplication by a power of five of 128 bits nearly always decides to which
// binary number a decimal one rounds, and shows when it does not.
extension Double {
  /// The Double nearest to significand × 10^exponent, ties to even; infinite if it is too large. Nil in the
  /// rare case that this way cannot decide.
  @inline(__always)
  static func nearest(_ significand: UInt64, exponent: Int) -> Double? {
    guard let bits = nearestBits(significand, exponent: exponent, precision: 53, bias: 1023) else {
      return nil
    }
    return Double(bitPattern: min(bits, Double.infinity.bitPattern))
  }
}

extension Float {
  /// The Float nearest to significand × 10^exponent, rounded once. See ``Double/nearest(_:exponent:)``.
  @inline(__always)
  static func nearest(_ significand: UInt64, exponent: Int) -> Float? {
    guard let bits = nearestBits(significand, exponent: exponent, precision: 24, bias: 127) else {
      return nil
    }
    return Float(bitPattern: UInt32(min(bits, UInt64(Float.infinity.bitPattern))))
  }
}

@inline(__always)
private func nearestBits(_ significand: UInt64, exponent: Int, precision: Int, bias: Int) -> UInt64? {
  if significand == 0 { return 0 }
  guard PowersOfFive.exponents ~= exponent else { return nil }
  let power = PowersOfFive.leading[exponent &- PowersOfFive.exponents.lowerBound]
  let powerIsExact = PowersOfFive.exactExponents ~= exponent

  // The product has 192 bits: 128 in `product`, 64 in `tail`. The true one is at least that, and by less
  // than 2 greater, counted in units of `product`, for a power that was rounded down.
  let zeros = significand.leadingZeroBitCount
  let factor = significand &<< UInt64(truncatingIfNeeded: zeros)
  let high = factor.multipliedFullWidth(by: UInt64(truncatingIfNeeded: power >> 64))
  let low = factor.multipliedFullWidth(by: UInt64(truncatingIfNeeded: power))
  let (middle, carry) = high.low.addingReportingOverflow(low.high)
  let top = high.high &+ (carry ? 1 : 0)
  let tail = low.low
  let product = UInt128(top) << 64 | UInt128(middle)

  // The number is product × 2^(e - 127), with e = floor(log2(10^exponent)) - zeros + 64. The product's
  // top bit is bit 127 or bit 126.
  let topBit = 126 &+ Int(truncatingIfNeeded: top >> 63)
  let binaryExponent = ((217_706 &* exponent) >> 16) &- zeros &+ 64 &- (127 &- topBit)
  // A subnormal number keeps fewer bits.
  let biased = binaryExponent &+ bias
  let dropped = topBit &+ 1 &- precision &+ max(0, 1 &- biased)
  guard dropped <= 127 else { return nil }

  let kept = UInt64(truncatingIfNeeded: product >> UInt128(dropped))
  let half = UInt128(1) << UInt128(dropped &- 1)
  let rest = product & (half << 1 &- 1)
  if !powerIsExact, rest == half &- 1 { return nil }
  // Exactly half is more than half if the power was rounded down.
  let isMore = rest > half || rest == half && (!powerIsExact || tail != 0)
  let roundsUp = isMore || rest == half && kept & 1 == 1
  // The leading one of `kept` adds itself to the exponent, as does a carry from the rounding.
  let exponentBits = UInt64(max(0, biased &- 1)) << UInt64(precision &- 1)
  return exponentBits &+ kept &+ (roundsUp ? 1 : 0)
}
