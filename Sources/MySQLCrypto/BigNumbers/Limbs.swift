// Big numbers are arrays of 64-bit limbs, the lowest first.

/// Returns the number that these bytes spell, the lowest byte first.
func limbs(littleEndian bytes: some Collection<UInt8>) -> [UInt64] {
  var limbs = [UInt64](repeating: 0, count: (bytes.count + 7) / 8)
  for (index, byte) in bytes.enumerated() {
    limbs[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
  }
  return limbs
}

/// Returns the lowest `count` bytes of the number, the lowest first.
func littleEndianBytes(_ limbs: [UInt64], count: Int) -> [UInt8] {
  (0..<count).map { index in
    let limb = index / 8 < limbs.count ? limbs[index / 8] : 0
    return UInt8(truncatingIfNeeded: limb >> UInt64(index % 8 * 8))
  }
}

/// Returns a × b + c. c is no longer than b, so the limbs of a and b together hold the result.
func multiply(_ a: [UInt64], _ b: [UInt64], adding c: [UInt64]) -> [UInt64] {
  var product = c + [UInt64](repeating: 0, count: a.count + b.count - c.count)
  for (i, digit) in a.enumerated() {
    var carry: UInt64 = 0
    for (j, other) in b.enumerated() {
      (carry, product[i + j]) = multiplyAdd(digit, other, product[i + j], carry)
    }
    product[i + b.count] = carry
  }
  return product
}

/// Returns a × b + c + d as two limbs. The largest result, if all four are 2^64 - 1, is 2^128 - 1: nothing is lost.
@inline(__always)
func multiplyAdd(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) -> (high: UInt64, low: UInt64) {
  let sum = UInt128(a) &* UInt128(b) &+ UInt128(c) &+ UInt128(d)
  return (UInt64(truncatingIfNeeded: sum >> 64), UInt64(truncatingIfNeeded: sum))
}

/// Returns a - b - borrow, and whether (0 or 1) the next limb must lend.
@inline(__always)
func subtractWithBorrow(_ a: UInt64, _ b: UInt64, _ borrow: UInt64) -> (borrow: UInt64, difference: UInt64) {
  let difference = a &- b &- borrow
  // The next limb must lend if only b has the highest bit, or if the difference has it, unless only a has it.
  return (((~a & b) | ((~a | b) & difference)) >> 63, difference)
}
