import MySQLCrypto
import Testing

/// What a server might send in place of a usable key, and why it is refused.
struct RefusedKey: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]
  let error: RSAError

  private init(_ description: String, _ bytes: [UInt8], _ error: RSAError) {
    (testDescription, self.bytes, self.error) = (description, bytes, error)
  }

  private init(_ description: String, _ text: String, _ error: RSAError) {
    self.init(description, Array(text.utf8), error)
  }

  private init(_ description: String, base64: String, _ error: RSAError) {
    self.init(description, "-----BEGIN PUBLIC KEY-----\n\(base64)\n-----END PUBLIC KEY-----\n", error)
  }

  static let pem = [
    RefusedKey("nothing", "", .empty),
    RefusedKey("white space and a NUL", " \r\n\0", .empty),
    RefusedKey("an empty frame", base64: "", .empty),
    RefusedKey("too much white space", String(repeating: " ", count: 65_537), .tooLong),
    RefusedKey("no frame", "garbage", .notPEM),
    RefusedKey("no END line", "-----BEGIN PUBLIC KEY-----", .notPEM),
    RefusedKey(
      "another END line", "-----BEGIN PUBLIC KEY-----\n-----END RSA PUBLIC KEY-----\n", .notPEM),
    RefusedKey("text after the frame", PEMKeys.rsa2048 + "\ngarbage", .notPEM),
    RefusedKey("text before the frame", "garbage\n" + PEMKeys.rsa2048, .notPEM),
    RefusedKey("two keys", PEMKeys.rsa2048 + "\n" + PEMKeys.rsa2048, .malformedBase64),
    RefusedKey(
      "a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", .notAPublicKey),
    RefusedKey(
      "a private key", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
      .notAPublicKey),
    RefusedKey("half a group of base64", base64: "AAA", .malformedBase64),
    RefusedKey("three padding characters", base64: "A===", .malformedBase64),
    RefusedKey("nothing but padding", base64: "====", .malformedBase64),
    RefusedKey("padding within", base64: "AA==AAAA", .malformedBase64),
    RefusedKey("bits in the padding", base64: "AB==", .malformedBase64),
    RefusedKey("characters of base64url", base64: "AA-_", .malformedBase64),
    RefusedKey("base64 of a few zeros", base64: "AAAA", .malformedDER),
    RefusedKey("an EC key", PEMKeys.p256, .notRSA),
    RefusedKey("an Ed25519 key", PEMKeys.ed25519, .notRSA),
    RefusedKey("an RSA key for signatures only", PEMKeys.rsaPSS, .notRSA),
    RefusedKey("an RSA key of 512 bits", PEMKeys.rsa512, .modulusTooSmall(bits: 512)),
  ]

  private static let odd = modulus(bits: 1024)
  private static let good = pkcs1(modulus: odd)
  private static let bareAlgorithm = Array(rsaAlgorithm.dropLast(2))

  private static func key(exponentElement: [UInt8]) -> [UInt8] {
    MySQLCryptoTests.der(0x30, MySQLCryptoTests.der(0x02, odd) + exponentElement)
  }

  static let der = elements + lengths + integers

  private static let elements = [
    RefusedKey("nothing", [], .empty),
    RefusedKey("too much", Array(repeating: 0x30, count: 49_153), .tooLong),
    RefusedKey("a byte after the key", good + [0], .trailingBytes),
    RefusedKey("a byte after the outer sequence", spki(good) + [0], .trailingBytes),
    RefusedKey("a byte after the inner sequence", spki(good + [0]), .trailingBytes),
    RefusedKey("a byte after the bit string", spki(good, extra: [0]), .trailingBytes),
    RefusedKey("a byte after the algorithm", spki(good, algorithm: rsaAlgorithm + [0]), .trailingBytes),
    RefusedKey("a third integer", pkcs1(modulus: odd, extra: MySQLCryptoTests.der(2, [1])), .trailingBytes),
    RefusedKey("a NULL that is not empty", spki(good, algorithm: bareAlgorithm + [5, 1, 0]), .malformedDER),
    RefusedKey("parameters for RSA", spki(good, algorithm: bareAlgorithm + [0x30, 0]), .malformedDER),
    RefusedKey("no algorithm", spki(good, algorithm: []), .malformedDER),
    RefusedKey("unused bits", spki(good, unusedBits: 1), .malformedDER),
    RefusedKey("an empty bit string", [0x30, 0x11, 0x30, 13] + rsaAlgorithm + [3, 0], .malformedDER),
    RefusedKey("an empty set", [0x31, 0], .malformedDER),
    RefusedKey("an empty sequence", [0x30, 0], .malformedDER),
  ]

  private static let lengths = [
    RefusedKey("no length", [0x30], .malformedDER),
    RefusedKey("no end", [0x30, 0x80, 0, 0], .malformedDER),
    RefusedKey("a length beyond the end", [0x30, 0x7F], .malformedDER),
    RefusedKey("a length far beyond the end", [0x30, 0x83, 0xFF, 0xFF, 0xFF], .malformedDER),
    RefusedKey("a length of 2^63 - 1", [0x30, 0x88, 0x7F] + Array(repeating: 0xFF, count: 7), .malformedDER),
    RefusedKey("a length of 127 bytes", [0x30, 0xFF] + Array(repeating: 0xFF, count: 127), .malformedDER),
    RefusedKey("a short length in long form", key(exponentElement: [2, 0x81, 3, 1, 0, 1]), .malformedDER),
    RefusedKey("a length with a leading zero", [0x30, 0x82, 0] + good.dropFirst(2), .malformedDER),
  ]

  private static let integers = [
    RefusedKey("a modulus without digits", pkcs1(modulus: []), .malformedInteger),
    RefusedKey("a negative modulus", pkcs1(modulus: Array(odd.dropFirst())), .malformedInteger),
    RefusedKey("a modulus with two leading zeros", pkcs1(modulus: [0] + odd), .malformedInteger),
    RefusedKey("the modulus 0", pkcs1(modulus: [0]), .modulusTooSmall(bits: 0)),
    RefusedKey("the modulus 1", pkcs1(modulus: [1]), .modulusTooSmall(bits: 1)),
    RefusedKey("1023 bits", pkcs1(modulus: modulus(bits: 1023)), .modulusTooSmall(bits: 1023)),
    RefusedKey("16385 bits", pkcs1(modulus: modulus(bits: 16_385)), .modulusTooLarge(bits: 16_385)),
    RefusedKey("an even modulus", pkcs1(modulus: odd.dropLast() + [0xA4]), .evenModulus),
    RefusedKey("an exponent without digits", pkcs1(modulus: odd, exponent: []), .malformedInteger),
    RefusedKey("a negative exponent", pkcs1(modulus: odd, exponent: [0x81]), .malformedInteger),
    RefusedKey("an exponent with a leading zero", pkcs1(modulus: odd, exponent: [0, 3]), .malformedInteger),
    RefusedKey("the exponent 0", pkcs1(modulus: odd, exponent: [0]), .unusableExponent),
    RefusedKey("the exponent 1", pkcs1(modulus: odd, exponent: [1]), .unusableExponent),
    RefusedKey("the exponent 2", pkcs1(modulus: odd, exponent: [2]), .unusableExponent),
    RefusedKey("the exponent 65536", pkcs1(modulus: odd, exponent: [1, 0, 0]), .unusableExponent),
    RefusedKey(
      "the exponent 2^64 + 1", pkcs1(modulus: odd, exponent: [1, 0, 0, 0, 0, 0, 0, 0, 1]), .unusableExponent),
  ]
}
