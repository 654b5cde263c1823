/// Arithmetic modulo an odd number, for RSA and for the scalars of Ed25519.
///
/// The running time depends on the sizes of the numbers and on the exponent, which are public, and not on the
/// values: reductions use masks instead of branches. The compiler does not promise to preserve that.
struct Modulus: Equatable, Sendable {
  /// The number itself. It is odd and its highest limb is not zero.
  let limbs: [UInt64]
  /// -1 / limbs[0] modulo 2^64.
  private let negatedInverse: UInt64

  init(_ limbs: [UInt64]) {
    self.limbs = limbs
    let lowest = limbs[0]
    // An odd number is its own inverse modulo 8, and each Newton step doubles the number of correct bits:
    // from 3 to 96.
    var inverse = lowest
    for _ in 0..<5 { inverse = inverse &* (2 &- lowest &* inverse) }
    negatedInverse = 0 &- inverse
  }

  /// Returns the remainder of a number of any length.
  func reduce(_ number: [UInt64]) -> [UInt64] {
    // A number with one limb less than the modulus is already a remainder; the other limbs follow bit by bit.
    let head = number.suffix(limbs.count - 1)
    var remainder = Array(head) + [UInt64](repeating: 0, count: limbs.count - head.count)
    for limb in number.dropLast(head.count).reversed() {
      for bit in (0..<64).reversed() {
        double(&remainder, adding: (limb >> UInt64(bit)) & 1)
      }
    }
    return remainder
  }

  /// Returns the base, of any length, to the power of an exponent that is not zero.
  func power(_ base: [UInt64], _ exponent: UInt64) -> [UInt64] {
    // Montgomery's form is base × 2^(64 × limbs), which is the base moved up by that many zero limbs.
    let factor = reduce([UInt64](repeating: 0, count: limbs.count) + base)
    var result = factor
    for bit in (0..<(63 - exponent.leadingZeroBitCount)).reversed() {
      result = montgomeryProduct(result, result)
      if (exponent >> UInt64(bit)) & 1 == 1 {
        result = montgomeryProduct(result, factor)
      }
    }
    var one = [UInt64](repeating: 0, count: limbs.count)
    one[0] = 1
    return montgomeryProduct(result, one)
  }

  /// Returns a × b / 2^(64 × limbs), where a and b are remainders.
  private func montgomeryProduct(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
    let last = limbs.count - 1
    var sum = [UInt64](repeating: 0, count: limbs.count)
    var top: UInt64 = 0
    for digit in a {
      // Adds digit × b, then the multiple of the modulus that clears the lowest limb, and drops that limb.
      var (carry, lowest) = multiplyAdd(digit, b[0], sum[0], 0)
      let multiple = lowest &* negatedInverse
      var (clearingCarry, _) = multiplyAdd(multiple, limbs[0], lowest, 0)
      for i in stride(from: 1, through: last, by: 1) {
        (carry, lowest) = multiplyAdd(digit, b[i], sum[i], carry)
        (clearingCarry, sum[i - 1]) = multiplyAdd(multiple, limbs[i], lowest, clearingCarry)
      }
      (top, sum[last]) = multiplyAdd(1, carry, clearingCarry, top)
    }
    subtractOnce(from: &sum, top: top)
    return sum
  }

  /// Doubles a remainder and adds a bit.
  private func double(_ remainder: inout [UInt64], adding bit: UInt64) {
    var carry = bit
    for i in remainder.indices {
      let limb = remainder[i]
      remainder[i] = limb << 1 | carry
      carry = limb >> 63
    }
    subtractOnce(from: &remainder, top: carry)
  }

  /// Subtracts the modulus once if the number, with `top` (0 or 1) as its highest limb, is not below the modulus.
  private func subtractOnce(from number: inout [UInt64], top: UInt64) {
    var borrow: UInt64 = 0
    for i in number.indices {
      (borrow, _) = subtractWithBorrow(number[i], limbs[i], borrow)
    }
    let mask = 0 &- (top | (1 ^ borrow))
    borrow = 0
    for i in number.indices {
      (borrow, number[i]) = subtractWithBorrow(number[i], limbs[i] & mask, borrow)
    }
  }
}
