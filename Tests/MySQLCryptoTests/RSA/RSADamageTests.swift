import Foundation
import MySQLCrypto
import Testing

// A server may send anything in place of its key. Whatever it sends, the client must go on.
@Suite(.busy) struct RSADamageTests {
  private let pem = Array(PEMKeys.rsa1024.utf8)
  private let der: [UInt8]
  private let key: RSAPublicKey

  init() throws {
    let base64 = PEMKeys.rsa1024.split(separator: "\n").dropFirst().dropLast().joined()
    der = Array(try #require(Data(base64Encoded: base64)))
    key = try RSAPublicKey(der: der)
  }

  @Test func refusesEveryTruncation() {
    for count in der.indices {
      #expect(throws: RSAError.self) { try RSAPublicKey(der: Array(der[..<count])) }
    }
    for count in pem.indices {
      #expect(throws: RSAError.self) { try RSAPublicKey(pem: Array(pem[..<count])) }
    }
  }

  @Test func neverTakesAByteOfDERForAnother() {
    for index in der.indices {
      for value in damaged(der[index]) {
        var damaged = der
        damaged[index] = value
        guard let other = try? RSAPublicKey(der: damaged) else { continue }
        #expect(other != key)
        #expect(throws: Never.self) {
          try other.encryptOAEP([1, 2, 3], seed: Array(repeating: 7, count: 20))
        }
      }
    }
  }

  @Test func neverTakesACharacterOfPEMForAnother() {
    for index in pem.indices {
      for value in damaged(pem[index]) + Array("A=-\n\0".utf8) where value != pem[index] {
        var damaged = pem
        damaged[index] = value
        guard let other = try? RSAPublicKey(pem: damaged) else { continue }
        let isStillSpace = pem[index] == UInt8(ascii: "\n") && 0x09...0x0D ~= value
        #expect((other == key) == isStillSpace)
      }
    }
  }

  /// Returns the byte with each single bit flipped, and the extremes that are left.
  private func damaged(_ byte: UInt8) -> [UInt8] {
    Array(Set((0..<8).map { byte ^ 1 << $0 } + [0, 0x7F, 0x80, 0xFF]).subtracting([byte]))
  }
}
