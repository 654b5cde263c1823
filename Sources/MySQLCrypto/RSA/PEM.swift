/// The two PEM frames that a public key may have.
enum PEM {
  // SubjectPublicKeyInfo, which servers send, and the bare key of PKCS #1, which `openssl rsa` can write.
  private static let labels = ["PUBLIC KEY", "RSA PUBLIC KEY"]

  /// Returns the bytes inside the frame. White space, and the NUL that servers may append, are allowed around
  /// it; white space (so CRLF too) is allowed within it.
  static func decode(_ text: [UInt8]) throws(RSAError) -> [UInt8] {
    var trimmed = text[...]
    while let last = trimmed.last, isSpace(last) || last == 0 { trimmed.removeLast() }
    trimmed = trimmed.drop(while: isSpace)
    guard !trimmed.isEmpty else { throw .empty }
    guard trimmed.starts(with: "-----BEGIN ".utf8) else { throw .notPEM }
    for label in labels where trimmed.starts(with: "-----BEGIN \(label)-----".utf8) {
      let body = trimmed.dropFirst("-----BEGIN \(label)-----".utf8.count)
      let end = "-----END \(label)-----".utf8
      guard body.count >= end.count, body.suffix(end.count).elementsEqual(end) else { throw .notPEM }
      return try decodeBase64(body.dropLast(end.count))
    }
    throw .notAPublicKey
  }

  /// Decodes whole groups of four characters, of which only the last may be padded.
  private static func decodeBase64(_ text: ArraySlice<UInt8>) throws(RSAError) -> [UInt8] {
    var digits = text.filter { !isSpace($0) }
    guard digits.count % 4 == 0 else { throw .malformedBase64 }
    var padding = 0
    while padding < 2, digits.last == UInt8(ascii: "=") {
      digits.removeLast()
      padding += 1
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3 + 2)
    var bits: UInt32 = 0
    for (index, digit) in digits.enumerated() {
      guard let value = value(of: digit) else { throw .malformedBase64 }
      bits = bits << 6 | value
      // The second, third and fourth character of a group each complete a byte.
      if index % 4 > 0 {
        let spare = UInt32(6 - 2 * (index % 4))
        bytes.append(UInt8(truncatingIfNeeded: bits >> spare))
        bits &= (1 << spare) - 1
      }
    }
    // The bits that padding cuts off must be zero, or one key would have several spellings.
    guard bits == 0 else { throw .malformedBase64 }
    return bytes
  }

  private static func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || 0x09...0x0D ~= byte
  }
}
