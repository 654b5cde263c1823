/// SHA-256 (FIPS 180-4), which caching_sha2_password uses for its scrambles.
package enum SHA256 {
  package static let digestSize = 32
  private static let blockSize = 64

  // The constants of SHA-256 are the upper halves of those of SHA-512: the same roots, cut earlier.
  private static let initialState = SHA512.initialState.map { UInt32(truncatingIfNeeded: $0 >> 32) }
  private static let roundConstants = SHA512.roundConstants.prefix(64).map {
    UInt32(truncatingIfNeeded: $0 >> 32)
  }

  /// Returns the digest of the joined pieces: 32 bytes.
  package static func hash(_ pieces: [UInt8]...) -> [UInt8] {
    var state = initialState
    let constants = roundConstants
    var schedule = [UInt32](repeating: 0, count: 64)
    let message = padded(pieces, toBlocksOf: blockSize)
    for offset in stride(from: 0, to: message.count, by: blockSize) {
      expand(message.span.bytes, at: offset, into: &schedule)
      compress(schedule, constants, into: &state)
    }
    return bigEndianBytes(state)
  }

  private static func expand(_ message: RawSpan, at offset: Int, into w: inout [UInt32]) {
    for t in 0..<16 {
      w[t] = message.bigEndianWord(at: offset &+ 4 &* t, as: UInt32.self)
    }
    for t in 16..<64 {
      let (early, late) = (w[t &- 15], w[t &- 2])
      let sigma0 = early.rotatedRight(7) ^ early.rotatedRight(18) ^ early >> 3
      let sigma1 = late.rotatedRight(17) ^ late.rotatedRight(19) ^ late >> 10
      w[t] = w[t &- 16] &+ sigma0 &+ w[t &- 7] &+ sigma1
    }
  }

  private static func compress(_ w: [UInt32], _ constants: [UInt32], into state: inout [UInt32]) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let sum1 = e.rotatedRight(6) ^ e.rotatedRight(11) ^ e.rotatedRight(25)
      let added = h &+ sum1 &+ (g ^ (e & (f ^ g))) &+ constants[t] &+ w[t]
      let sum0 = a.rotatedRight(2) ^ a.rotatedRight(13) ^ a.rotatedRight(22)
      let majority = (a & b) | (c & (a | b))
      (h, g, f, e) = (g, f, e, d &+ added)
      (d, c, b, a) = (c, b, a, added &+ sum0 &+ majority)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }
}
