// RSAES-OAEP (RFC 8017, section 7.1) with SHA-1, MGF1 with SHA-1 and an empty label. The server decrypts with
// OpenSSL's RSA_PKCS1_OAEP_PADDING, which means exactly this; the hash cannot be negotiated.
extension RSAPublicKey {
  /// The longest message that can be encrypted, in bytes.
  package var longestMessage: Int { byteCount - 2 * SHA1.digestSize - 2 }

  /// Encrypts a message with a random seed for the padding.
  package func encryptOAEP(
    _ message: [UInt8], using generator: inout some RandomNumberGenerator
  ) throws(RSAError) -> [UInt8] {
    let seed = (0..<SHA1.digestSize).map { _ in UInt8.random(in: 0...255, using: &generator) }
    return try encryptOAEP(message, seed: seed)
  }

  /// Encrypts a message with this padding seed of 20 bytes, which must be random and used only once.
  package func encryptOAEP(_ message: [UInt8], seed: [UInt8]) throws(RSAError) -> [UInt8] {
    guard seed.count == SHA1.digestSize else { throw .wrongSeedLength }
    guard message.count <= longestMessage else { throw .messageTooLong(limit: longestMessage) }

    let zeros = [UInt8](repeating: 0, count: longestMessage - message.count)
    let block = SHA1.hash([]) + zeros + [1] + message
    let maskedBlock = xor(block, mask(from: seed, count: block.count))
    let maskedSeed = xor(seed, mask(from: maskedBlock, count: seed.count))

    // The leading zero byte, which keeps the number below the modulus, is left out.
    let number = limbs(littleEndian: (maskedSeed + maskedBlock).reversed())
    return littleEndianBytes(modulus.power(number, exponent), count: byteCount).reversed()
  }

  /// Generates a mask with MGF1 (RFC 8017, section B.2.1).
  private func mask(from seed: [UInt8], count: Int) -> [UInt8] {
    var mask: [UInt8] = []
    var counter: UInt32 = 0
    while mask.count < count {
      mask += SHA1.hash(seed, bigEndianBytes([counter]))
      counter += 1
    }
    return Array(mask.prefix(count))
  }

  private func xor(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    zip(left, right).map { $0 ^ $1 }
  }
}
