/// A number modulo 2^255 - 19, in five limbs of 51 bits, the lowest first.
///
/// Between operations every limb is below 2^52, but the number need not be below the prime. No operation
/// branches on a value or uses one as an index into memory. Within these bounds no sum or product here can
/// overflow; the wrapping operators only avoid the checks.
struct FieldElement: Sendable {
  private var l0, l1, l2, l3, l4: UInt64

  static let zero = FieldElement(0, 0, 0, 0, 0)
  static let one = FieldElement(1, 0, 0, 0, 0)

  private static let mask: UInt64 = (1 << 51) - 1

  init(_ l0: UInt64, _ l1: UInt64, _ l2: UInt64, _ l3: UInt64, _ l4: UInt64) {
    (self.l0, self.l1, self.l2, self.l3, self.l4) = (l0, l1, l2, l3, l4)
  }

  static func + (a: Self, b: Self) -> Self {
    Self(a.l0 &+ b.l0, a.l1 &+ b.l1, a.l2 &+ b.l2, a.l3 &+ b.l3, a.l4 &+ b.l4).carried()
  }

  static func - (a: Self, b: Self) -> Self {
    // Four times the prime is added first: each of its limbs is above any limb of b.
    let (low, high): (UInt64, UInt64) = ((1 << 53) - 76, (1 << 53) - 4)
    return Self(
      a.l0 &+ low &- b.l0, a.l1 &+ high &- b.l1, a.l2 &+ high &- b.l2, a.l3 &+ high &- b.l3,
      a.l4 &+ high &- b.l4
    ).carried()
  }

  static func * (a: Self, b: Self) -> Self {
    // 2^255 equals 19 modulo the prime, so what lies at 2^255 and above is added 19 times at the bottom.
    let (m1, m2, m3, m4) = (b.l1 &* 19, b.l2 &* 19, b.l3 &* 19, b.l4 &* 19)
    var r0 = wide(a.l0, b.l0) &+ wide(a.l1, m4) &+ wide(a.l2, m3) &+ wide(a.l3, m2) &+ wide(a.l4, m1)
    var r1 = wide(a.l0, b.l1) &+ wide(a.l1, b.l0) &+ wide(a.l2, m4) &+ wide(a.l3, m3) &+ wide(a.l4, m2)
    var r2 = wide(a.l0, b.l2) &+ wide(a.l1, b.l1) &+ wide(a.l2, b.l0) &+ wide(a.l3, m4) &+ wide(a.l4, m3)
    var r3 = wide(a.l0, b.l3) &+ wide(a.l1, b.l2) &+ wide(a.l2, b.l1) &+ wide(a.l3, b.l0) &+ wide(a.l4, m4)
    var r4 = wide(a.l0, b.l4) &+ wide(a.l1, b.l3) &+ wide(a.l2, b.l2) &+ wide(a.l3, b.l1) &+ wide(a.l4, b.l0)
    r1 &+= r0 >> 51
    r2 &+= r1 >> 51
    r3 &+= r2 >> 51
    r4 &+= r3 >> 51
    // The highest sum has no factor 19, so its carry is below 2^57, and 19 times that fits into a limb.
    r0 = UInt128(low(r0)) &+ (r4 >> 51) &* 19
    r1 = UInt128(low(r1)) &+ r0 >> 51
    return Self(low(r0), UInt64(truncatingIfNeeded: r1), low(r2), low(r3), low(r4))
  }

  /// Returns 1 / self, or zero for zero: the power p - 2, by Fermat's little theorem. In binary, p - 2 is 255
  /// ones, except that the bits of value 4 and 16 are zero.
  func inverted() -> Self {
    (0..<255).reversed().reduce(.one) { power, bit in
      let square = power * power
      return bit == 2 || bit == 4 ? square : square * self
    }
  }

  /// Returns `a` if the bit is 1, `b` if it is 0.
  static func select(_ bit: UInt64, _ a: Self, _ b: Self) -> Self {
    let mask = 0 &- bit
    return Self(
      b.l0 ^ (mask & (a.l0 ^ b.l0)), b.l1 ^ (mask & (a.l1 ^ b.l1)), b.l2 ^ (mask & (a.l2 ^ b.l2)),
      b.l3 ^ (mask & (a.l3 ^ b.l3)), b.l4 ^ (mask & (a.l4 ^ b.l4)))
  }

  /// The 32 bytes of the number reduced below the prime, the lowest first.
  var bytes: [UInt8] {
    // After its carries are moved, the number is below 2p. It is at least p exactly if adding 19 overflows 255 bits.
    let n = carried()
    var excess: UInt64 = 19
    for limb in [n.l0, n.l1, n.l2, n.l3, n.l4] { excess = (limb &+ excess) >> 51 }
    var carry = 19 &* excess
    let digits = [n.l0, n.l1, n.l2, n.l3, n.l4].map { limb in
      defer { carry = (limb &+ carry) >> 51 }
      return (limb &+ carry) & Self.mask
    }
    return littleEndianBytes(
      [
        digits[0] | digits[1] << 51, digits[1] >> 13 | digits[2] << 38,
        digits[2] >> 26 | digits[3] << 25, digits[3] >> 39 | digits[4] << 12,
      ], count: 32)
  }

  /// Returns the same number, with the excess of every limb moved to the next one, all at once.
  private func carried() -> Self {
    let mask = Self.mask
    return Self(
      (l0 & mask) &+ 19 &* (l4 >> 51), (l1 & mask) &+ (l0 >> 51), (l2 & mask) &+ (l1 >> 51),
      (l3 & mask) &+ (l2 >> 51), (l4 & mask) &+ (l3 >> 51))
  }

  @inline(__always)
  private static func wide(_ a: UInt64, _ b: UInt64) -> UInt128 {
    UInt128(a) &* UInt128(b)
  }

  @inline(__always)
  private static func low(_ sum: UInt128) -> UInt64 {
    UInt64(truncatingIfNeeded: sum) & mask
  }
}
