import Foundation
import MySQLCrypto
import Testing

@Suite struct Ed25519Tests {
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
}
