/// A server's RSA key, with which a password is encrypted on an insecure channel.
///
/// The key comes from the peer, so nothing is trusted: whatever these bytes are, they immediately yield a
/// usable key or an error. The modulus has 1024 to 16384 bits and is odd; the exponent is odd and from 3 to
/// 2^64 - 1. Whether such a modulus is a product of two primes cannot be checked. A message takes 0.2 ms with
/// 2048 bits and the usual exponent, and 22 ms at the upper bounds of both.
package struct RSAPublicKey: Equatable, Sendable {
  package static let modulusBits = 1024...16_384

  // A key of 16384 bits takes 2 KiB of DER. Longer input is refused unread.
  private static let longestPEM = 65_536
  private static let longestDER = 49_152
  private static let rsaEncryption: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]

  let modulus: Modulus
  let exponent: UInt64
  package let bitCount: Int

  /// The size of the modulus, and thus of each encrypted message, in bytes.
  package var byteCount: Int { (bitCount + 7) / 8 }

  /// Reads a key in PEM, as BEGIN PUBLIC KEY or BEGIN RSA PUBLIC KEY.
  package init(pem: [UInt8]) throws(RSAError) {
    guard pem.count <= Self.longestPEM else { throw .tooLong }
    try self.init(der: PEM.decode(pem))
  }

  /// Reads a key in DER, as a SubjectPublicKeyInfo or as an RSAPublicKey of PKCS #1.
  package init(der: [UInt8]) throws(RSAError) {
    guard !der.isEmpty else { throw .empty }
    guard der.count <= Self.longestDER else { throw .tooLong }
    var reader = DERReader(der[...])
    let content = try reader.read(.sequence)
    try reader.finish()
    let isPKCS1 = DERReader(content).isNext(.integer)
    try self.init(pkcs1: isPKCS1 ? content : Self.unwrap(subjectPublicKeyInfo: content))
  }

  private init(pkcs1 content: ArraySlice<UInt8>) throws(RSAError) {
    var reader = DERReader(content)
    let modulus = try reader.readUnsignedInteger()
    let exponent = try reader.readUnsignedInteger()
    try reader.finish()

    bitCount = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
    guard bitCount >= Self.modulusBits.lowerBound else { throw .modulusTooSmall(bits: bitCount) }
    guard bitCount <= Self.modulusBits.upperBound else { throw .modulusTooLarge(bits: bitCount) }
    self.modulus = Modulus(limbs(littleEndian: modulus.reversed()))
    guard self.modulus.limbs[0] & 1 == 1 else { throw .evenModulus }

    guard exponent.count <= 8 else { throw .unusableExponent }
    self.exponent = exponent.reduce(0) { $0 << 8 | UInt64($1) }
    guard self.exponent >= 3, self.exponent & 1 == 1 else { throw .unusableExponent }
  }

  /// Returns the content of the PKCS #1 sequence in a SubjectPublicKeyInfo (RFC 3279, section 2.3.1).
  private static func unwrap(
    subjectPublicKeyInfo content: ArraySlice<UInt8>
  ) throws(RSAError) -> ArraySlice<UInt8> {
    var reader = DERReader(content)
    var algorithm = DERReader(try reader.read(.sequence))
    guard try algorithm.read(.objectIdentifier).elementsEqual(rsaEncryption) else { throw .notRSA }
    // The parameters must be NULL, but some writers leave them out.
    if !algorithm.isAtEnd {
      guard try algorithm.read(.null).isEmpty else { throw .malformedDER }
    }
    try algorithm.finish()

    let bits = try reader.read(.bitString)
    try reader.finish()
    // The first byte is the number of unused bits in the last byte.
    guard bits.first == 0 else { throw .malformedDER }
    var key = DERReader(bits.dropFirst())
    let sequence = try key.read(.sequence)
    try key.finish()
    return sequence
  }
}
