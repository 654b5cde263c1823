import Foundation
import MySQLCrypto
import Testing

@Suite(.busy) struct RSAPublicKeyTests {
  @Test func readsOneKeyFromEitherFrame() throws {
    let key = try RSAPublicKey(pem: Array(PEMKeys.rsa2048.utf8))
    #expect(key.bitCount == 2048)
    #expect(key.byteCount == 256)
    #expect(try RSAPublicKey(pem: Array(PEMKeys.rsa2048PKCS1.utf8)) == key)
  }

  @Test func toleratesWhiteSpaceAndATrailingNUL() throws {
    let pem = PEMKeys.rsa2048
    let key = try RSAPublicKey(pem: Array(pem.utf8))
    for same in [
      pem + "\n\0",
      pem.replacingOccurrences(of: "\n", with: "\r\n") + "\r\n",
      "\n \t" + pem + " \r\n\0\0\n",
      pem.replacingOccurrences(of: "\n", with: ""),
    ] {
      #expect(try RSAPublicKey(pem: Array(same.utf8)) == key)
    }
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

  @Test(arguments: RefusedKey.pem)
  func refusesTextThatHoldsNoUsableKey(refused: RefusedKey) {
    #expect(throws: refused.error) { try RSAPublicKey(pem: refused.bytes) }
  }

  @Test(arguments: RefusedKey.der)
  func refusesDERThatHoldsNoUsableKey(refused: RefusedKey) {
    #expect(throws: refused.error) { try RSAPublicKey(der: refused.bytes) }
  }

  @Test(.notUnder(.address, .thread)) func refusesAHugeModulusWithin50Milliseconds() {
    let huge = spki(pkcs1(modulus: modulus(bits: 65_536)))
    let base64 = Data(huge).base64EncodedString()
    let pem = Array("-----BEGIN PUBLIC KEY-----\n\(base64)\n-----END PUBLIC KEY-----\n".utf8)
    // Takes the shortest of several runs, so that a busy machine does not decide.
    let shortest = (0..<5).map { _ in
      ContinuousClock().measure {
        #expect(throws: RSAError.modulusTooLarge(bits: 65_536)) { try RSAPublicKey(pem: pem) }
      }
    }.min()
    #expect((shortest ?? .zero) < .milliseconds(50))
  }
}
