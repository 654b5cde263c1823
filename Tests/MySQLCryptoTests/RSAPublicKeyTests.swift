import Foundation
import MySQLCrypto
import Testing

@Suite struct RSAPublicKeyTests {
  @Test func readsOneKeyFromEitherFrame() throws {
    let key = try RSAPublicKey(pem: Array(PEMKeys.rsa2048.utf8))
    #expect(key.bitCount == 2048)
    #expect(key.byteCount == 256)
    #expect(try RSAPublicKey(pem: Array(PEMKeys.rsa2048PKCS1.utf8)) == key)
  }

  @Test(arguments: [
    PEMKeys.rsa2048 + "\n",
    PEMKeys.rsa2048 + "\n\0",
    PEMKeys.rsa2048.replacingOccurrences(of: "\n", with: "\r\n") + "\r\n",
    "\n \t" + PEMKeys.rsa2048 + " \r\n\0\0\n",
    PEMKeys.rsa2048.replacingOccurrences(of: "\n", with: ""),
  ])
  func toleratesWhiteSpaceAndATrailingNUL(pem: String) throws {
    let key = try RSAPublicKey(pem: Array(PEMKeys.rsa2048.utf8))
    #expect(try RSAPublicKey(pem: Array(pem.utf8)) == key)
  }

  @Test func readsDERWithAndWithoutTheParametersOfTheAlgorithm() throws {
    let bare = pkcs1(modulus: modulus(bits: 1024))
    let key = try RSAPublicKey(der: bare)
    #expect(try RSAPublicKey(der: spki(bare)) == key)
    #expect(try RSAPublicKey(der: spki(bare, algorithm: Array(rsaAlgorithm.dropLast(2)))) == key)
  }

  @Test(arguments: [1024, 1025, 1031, 2048, 4096, 16_384])
  func takesEveryModulusFrom1024To16384Bits(bits: Int) throws {
    let key = try RSAPublicKey(der: pkcs1(modulus: modulus(bits: bits)))
    #expect(key.bitCount == bits)
    #expect(key.longestMessage == (bits + 7) / 8 - 42)
  }

  @Test(arguments: [[3], [0x11], [1, 0, 1], [0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]])
  func takesOddExponentsUpTo64Bits(exponent: [UInt8]) throws {
    _ = try RSAPublicKey(der: pkcs1(modulus: modulus(bits: 1024), exponent: exponent))
  }

  @Test(arguments: refusedPEM)
  func refusesTextThatHoldsNoUsableKey(text: String, error: RSAError) {
    #expect(throws: error) { try RSAPublicKey(pem: Array(text.utf8)) }
  }

  @Test(arguments: refusedDER)
  func refusesDERThatHoldsNoUsableKey(der: [UInt8], error: RSAError) {
    #expect(throws: error) { try RSAPublicKey(der: der) }
  }

  @Test func refusesAHugeModulusWithin50Milliseconds() {
    let huge = spki(pkcs1(modulus: modulus(bits: 65_536)))
    let base64 = Data(huge).base64EncodedString()
    let pem = Array("-----BEGIN PUBLIC KEY-----\n\(base64)\n-----END PUBLIC KEY-----\n".utf8)
    // The shortest of several runs, so that a busy machine does not decide.
    let shortest = (0..<5).map { _ in
      ContinuousClock().measure {
        #expect(throws: RSAError.modulusTooLarge(bits: 65_536)) { try RSAPublicKey(pem: pem) }
      }
    }.min()
    #expect((shortest ?? .zero) < .milliseconds(50))
  }

  private static let refusedPEM: [(String, RSAError)] = [
    ("", .empty),
    (" \r\n\0", .empty),
    ("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n", .empty),
    (String(repeating: " ", count: 65_537), .tooLong),
    ("garbage", .notPEM),
    ("-----BEGIN PUBLIC KEY-----", .notPEM),
    ("-----BEGIN PUBLIC KEY-----\n-----END RSA PUBLIC KEY-----\n", .notPEM),
    (PEMKeys.rsa2048 + "\ngarbage", .notPEM),
    (PEMKeys.rsa2048 + "\n" + PEMKeys.rsa2048, .malformedBase64),
    ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", .notAPublicKey),
    ("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", .notAPublicKey),
    ("-----BEGIN PUBLIC KEY-----\nAAA\n-----END PUBLIC KEY-----\n", .malformedBase64),
    ("-----BEGIN PUBLIC KEY-----\nA===\n-----END PUBLIC KEY-----\n", .malformedBase64),
    ("-----BEGIN PUBLIC KEY-----\n====\n-----END PUBLIC KEY-----\n", .malformedBase64),
    ("-----BEGIN PUBLIC KEY-----\nAA==AAAA\n-----END PUBLIC KEY-----\n", .malformedBase64),
    ("-----BEGIN PUBLIC KEY-----\nAB==\n-----END PUBLIC KEY-----\n", .malformedBase64),
    ("-----BEGIN PUBLIC KEY-----\nAA-_\n-----END PUBLIC KEY-----\n", .malformedBase64),
    (PEMKeys.p256, .notRSA),
    (PEMKeys.ed25519, .notRSA),
    (PEMKeys.rsaPSS, .notRSA),
    (PEMKeys.rsa512, .modulusTooSmall(bits: 512)),
  ]

  private static let refusedDER: [([UInt8], RSAError)] = {
    let odd = modulus(bits: 1024)
    let even = odd.dropLast() + [0xA4]
    let good = pkcs1(modulus: odd)
    return [
      ([], .empty),
      ([UInt8](repeating: 0x30, count: 49_153), .tooLong),
      (good + [0], .trailingBytes),
      (spki(good) + [0], .trailingBytes),
      (spki(good + [0]), .trailingBytes),
      (spki(good, extra: [0]), .trailingBytes),
      (spki(good, algorithm: rsaAlgorithm + [0]), .trailingBytes),
      (pkcs1(modulus: odd, extra: der(0x02, [1])), .trailingBytes),
      (spki(good, algorithm: Array(rsaAlgorithm.dropLast(2)) + der(0x05, [0])), .malformedDER),
      (spki(good, algorithm: Array(rsaAlgorithm.dropLast(2)) + der(0x30, [])), .malformedDER),
      (spki(good, unusedBits: 1), .malformedDER),
      (der(0x30, der(0x30, rsaAlgorithm) + der(0x03, [])), .malformedDER),
      (der(0x31, []), .malformedDER),
      (der(0x30, []), .malformedDER),
      // Lengths: none, without end, longer than the input, of too many bytes, not in their shortest form.
      ([0x30], .malformedDER),
      ([0x30, 0x80, 0, 0], .malformedDER),
      ([0x30, 0x7F], .malformedDER),
      ([0x30, 0x83, 0xFF, 0xFF, 0xFF], .malformedDER),
      ([0x30, 0x88, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .malformedDER),
      ([0x30, 0xFF], .malformedDER),
      ([0x30, 0x81, 0x02, 0x05, 0x00], .malformedDER),
      ([0x30, 0x82, 0x00, 0x02, 0x05, 0x00], .malformedDER),
      (pkcs1(modulus: []), .malformedInteger),
      (pkcs1(modulus: Array(odd.dropFirst())), .malformedInteger),
      (pkcs1(modulus: [0] + odd), .malformedInteger),
      (pkcs1(modulus: odd, exponent: []), .malformedInteger),
      (pkcs1(modulus: odd, exponent: [0x81]), .malformedInteger),
      (pkcs1(modulus: odd, exponent: [0, 3]), .malformedInteger),
      (pkcs1(modulus: [0]), .modulusTooSmall(bits: 0)),
      (pkcs1(modulus: [1]), .modulusTooSmall(bits: 1)),
      (pkcs1(modulus: modulus(bits: 1023)), .modulusTooSmall(bits: 1023)),
      (pkcs1(modulus: modulus(bits: 16_385)), .modulusTooLarge(bits: 16_385)),
      (pkcs1(modulus: Array(even)), .evenModulus),
      (pkcs1(modulus: odd, exponent: [0]), .unusableExponent),
      (pkcs1(modulus: odd, exponent: [1]), .unusableExponent),
      (pkcs1(modulus: odd, exponent: [2]), .unusableExponent),
      (pkcs1(modulus: odd, exponent: [1, 0, 0]), .unusableExponent),
      (pkcs1(modulus: odd, exponent: [1, 0, 0, 0, 0, 0, 0, 0, 1]), .unusableExponent),
    ]
  }()
}
