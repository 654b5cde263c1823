import Foundation
import Testing

/// What a server may send instead of a key that keeps the password safe.
struct RogueKey: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let pem: [UInt8]

  static let all = [
    RogueKey(testDescription: "nothing", pem: []),
    RogueKey("an empty frame", []),
    RogueKey("an EC key", spki(algorithm: ellipticCurve, key: [4] + Array(repeating: 0x5A, count: 64))),
    RogueKey("512 bits", rsa(modulus: odd(bytes: 64))),
    RogueKey("65,536 bits", rsa(modulus: odd(bytes: 8192))),
    RogueKey("even", rsa(modulus: Array(odd(bytes: 256).dropLast()) + [0xA4])),
    RogueKey("the exponent 1", rsa(modulus: odd(bytes: 256), exponent: [1])),
    RogueKey("the modulus 0", rsa(modulus: [0])),
    RogueKey(testDescription: "a megabyte", pem: Array(repeating: 0x41, count: 1 << 20)),
  ]

  private init(testDescription: String, pem: [UInt8]) {
    (self.testDescription, self.pem) = (testDescription, pem)
  }

  private init(_ description: String, _ der: [UInt8]) {
    let text = Data(der).base64EncodedString(options: .lineLength64Characters)
    self.init(
      testDescription: description,
      pem: Array("-----BEGIN PUBLIC KEY-----\n\(text)\n-----END PUBLIC KEY-----\n".utf8))
  }

  private static func odd(bytes: Int) -> [UInt8] { Array(repeating: 0xA5, count: bytes) }

  private static func rsa(modulus: [UInt8], exponent: [UInt8] = [1, 0, 1]) -> [UInt8] {
    // An integer whose first bit is set would be negative.
    spki(
      algorithm: rsaEncryption,
      key: der(0x30, der(2, (modulus[0] < 0x80 ? [] : [0]) + modulus) + der(2, exponent))
    )
  }

  private static let rsaEncryption: [UInt8] =
    der(6, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]) + der(5, [])
  /// id-ecPublicKey with the curve P-256.
  private static let ellipticCurve: [UInt8] =
    der(6, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01])
    + der(6, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07])

  private static func spki(algorithm: [UInt8], key: [UInt8]) -> [UInt8] {
    der(0x30, der(0x30, algorithm) + der(3, [0] + key))
  }

  private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let size = content.count
    let length: [UInt8] =
      size < 0x80 ? [UInt8(size)] : [0x82, UInt8(size >> 8), UInt8(truncatingIfNeeded: size)]
    // Sizes from 128 to 255 have a form of their own.
    return [tag] + (0x80..<0x100 ~= size ? [0x81, UInt8(size)] : length) + content
  }
}
