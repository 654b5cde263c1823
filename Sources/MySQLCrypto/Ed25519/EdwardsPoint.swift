/// A point of the curve -x² + y² = 1 + d x² y² in extended coordinates: x = X / Z, y = Y / Z, xy = T / Z.
struct EdwardsPoint: Sendable {
  private let x, y, z, t: FieldElement

  static let neutral = EdwardsPoint(x: .zero, y: .one, z: .one, t: .zero)

  /// The generator of RFC 8032, section 5.1: y is 4/5, and x is even.
  static let base = EdwardsPoint(
    x: FieldElement(
      0x6_2d60_8f25_d51a, 0x4_12a4_b4f6_592a, 0x7_5b71_71a4_b31d, 0x1_ff60_5271_18fe, 0x2_1693_6d3c_d6e5),
    y: FieldElement(
      0x6_6666_6666_6658, 0x4_cccc_cccc_cccc, 0x1_9999_9999_9999, 0x3_3333_3333_3333, 0x6_6666_6666_6666),
    z: .one,
    t: FieldElement(
      0x6_8ab3_a5b7_dda3, 0xeea_2a5e_adbb, 0x2_af8d_f483_c27e, 0x3_32b3_7527_4732, 0x6_7875_f0fd_78b7))

  /// 2d, where d is -121665/121666.
  private static let doubleD = FieldElement(
    0x6_9b94_26b2_f159, 0x3_5050_762a_dd7a, 0x3_cf44_c003_8052, 0x6_738c_c740_7977, 0x2_406d_9dc5_6dff)

  private init(x: FieldElement, y: FieldElement, z: FieldElement, t: FieldElement) {
    (self.x, self.y, self.z, self.t) = (x, y, z, t)
  }

  // This addition law (Hisil, Wong, Carter and Dawson, 2008) has no exceptions on this curve. It also doubles
  // a point, with one multiplication more than a dedicated doubling law.
  static func + (p: Self, q: Self) -> Self {
    let a = (p.y - p.x) * (q.y - q.x)
    let b = (p.y + p.x) * (q.y + q.x)
    let c = p.t * doubleD * q.t
    let d = p.z * (q.z + q.z)
    let (e, f, g, h) = (b - a, d - c, d + c, b + a)
    return Self(x: e * f, y: g * h, z: f * g, t: e * h)
  }

  /// Returns the base point times a scalar of 32 bytes, the lowest first. Every bit costs the same two
  /// additions, and no branch or address depends on a bit.
  static func base(times scalar: [UInt8]) -> Self {
    var product = neutral
    for byte in scalar.reversed() {
      for bit in (0..<8).reversed() {
        product = product + product
        product = select(UInt64(byte >> UInt8(bit)) & 1, product + base, product)
      }
    }
    return product
  }

  /// The encoding of the point in 32 bytes: y, and in the highest bit whether x is odd.
  var bytes: [UInt8] {
    let inverse = z.inverted()
    var bytes = (y * inverse).bytes
    bytes[31] |= (x * inverse).bytes[0] << 7
    return bytes
  }

  private static func select(_ bit: UInt64, _ a: Self, _ b: Self) -> Self {
    Self(
      x: .select(bit, a.x, b.x), y: .select(bit, a.y, b.y), z: .select(bit, a.z, b.z),
      t: .select(bit, a.t, b.t))
  }
}
