import Foundation
import MySQLCrypto
import Testing

@Suite(.busy) struct Ed25519Tests {
  @Test(arguments: Ed25519Vector.all)
  func signsAsTheStandardDoesIfThePasswordIsASeed(vector: Ed25519Vector) {
    #expect(Ed25519.publicKey(password: vector.seed) == vector.publicKey)
    #expect(Ed25519.sign(vector.message, password: vector.seed) == vector.signature)
  }

  // The first is the example in MariaDB's documentation of its ed25519 plugin; the others and the signature
  // below were computed with the reference implementation that the server carries.
  @Test(arguments: [
    ("secret", "ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY"),
    ("ed25519_pass_1", "5TBW79xTAMbhi8QKQtLLVS0V0b2w9mlKnRG6c+2NxTQ"),
    ("", "4LH+dBF+G5W2CKTyId8xR3SyDqZoQjUNUVNxx8aWbG4"),
  ])
  func hasThePublicKeyThatMariaDBStoresForAPassword(password: String, stored: String) {
    let key = Ed25519.publicKey(password: Array(password.utf8))
    #expect(Data(key).base64EncodedString() == stored + "=")
  }

  @Test func signsTheNonceAsMariaDBsClientDoes() {
    let nonce = (0..<32).map { UInt8($0) }
    let signature = bytes(
      """
      004a2ab8c18a320bdde27a5fff54ae43f66b4c21373ba3c1852ce0eb9255d073
      f7b6125fb6ee1a236633da90d0e38b3b58c3295b4ab9eb418402cbfa6f879701
      """)
    #expect(Ed25519.sign(nonce, password: Array("ed25519_pass_1".utf8)) == signature)
  }

  // The digest of 40 signatures. A plain implementation of RFC 8032 with Python's integers gives the same.
  @Test func signsUnderPasswordsOfEveryLength() {
    let signatures = (0..<UInt8(40)).flatMap { count in
      Ed25519.sign(Array(100..<100 + count), password: Array(0..<count))
    }
    let digest = bytes(
      """
      9155215440d496328ddd6d2f668426a36eea50d131ce8729e826342f60eb5777
      3897cd6081845a3ab3df1c1364780a8361fdd4ff372b461c02fbf67c38b364f0
      """)
    #expect(SHA512.hash(signatures) == digest)
  }
}
