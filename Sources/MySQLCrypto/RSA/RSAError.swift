/// The reason why a public key was refused, or a message was not encrypted.
package enum RSAError: Error, Equatable, Sendable {
  /// There is nothing but white space.
  case empty
  /// The text or the DER is longer than any key of an accepted size.
  case tooLong
  /// The text is not framed by matching BEGIN and END lines.
  case notPEM
  /// It is PEM, but of something else: a certificate, a private key, an EC key.
  case notAPublicKey
  case malformedBase64
  /// The DER ends early, or has other elements than a public key.
  case malformedDER
  /// Bytes follow the key, or an element within it.
  case trailingBytes
  /// It is a public key, but for another algorithm than rsaEncryption.
  case notRSA
  /// An integer of the key is negative, has no digits, or begins with zeros that it does not need.
  case malformedInteger
  case modulusTooSmall(bits: Int)
  case modulusTooLarge(bits: Int)
  case evenModulus
  /// The exponent is not an odd number from 3 to 2^64 - 1.
  case unusableExponent
  /// The message does not fit into one block of this key.
  case messageTooLong(limit: Int)
  /// The padding's seed is not as long as a SHA-1 digest.
  case wrongSeedLength
}
