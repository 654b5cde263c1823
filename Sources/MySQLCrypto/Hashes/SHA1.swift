/// SHA-1 (FIPS 180-4). It is broken for signatures, but mysql_native_password and the server's RSA padding
/// use it, and neither depends on collision resistance.
package enum SHA1 {
  package static let digestSize = 20
  private static let blockSize = 64

  /// Returns the digest of the joined pieces: 20 bytes.
  package static func hash(_ pieces: [UInt8]...) -> [UInt8] {
    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
    var schedule = [UInt32](repeating: 0, count: 80)
    let message = padded(pieces, toBlocksOf: blockSize)
    for offset in stride(from: 0, to: message.count, by: blockSize) {
      expand(message.span.bytes, at: offset, into: &schedule)
      compress(schedule, into: &state)
    }
    return bigEndianBytes(state)
  }

  private static func expand(_ message: RawSpan, at offset: Int, into w: inout [UInt32]) {
    for t in 0..<16 {
      w[t] = message.bigEndianWord(at: offset &+ 4 &* t, as: UInt32.self)
    }
    for t in 16..<80 {
      w[t] = (w[t &- 3] ^ w[t &- 8] ^ w[t &- 14] ^ w[t &- 16]).rotatedLeft(1)
    }
  }

  private static func compress(_ w: [UInt32], into state: inout [UInt32]) {
    var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])

    @inline(__always) func round(_ mix: UInt32, _ constant: UInt32, _ word: UInt32) {
      let next = a.rotatedLeft(5) &+ mix &+ e &+ constant &+ word
      (e, d, c, b, a) = (d, c, b.rotatedLeft(30), a, next)
    }

    for t in 0..<20 { round(d ^ (b & (c ^ d)), 0x5a82_7999, w[t]) }
    for t in 20..<40 { round(b ^ c ^ d, 0x6ed9_eba1, w[t]) }
    for t in 40..<60 { round((b & c) | (d & (b | c)), 0x8f1b_bcdc, w[t]) }
    for t in 60..<80 { round(b ^ c ^ d, 0xca62_c1d6, w[t]) }

    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
  }
}
