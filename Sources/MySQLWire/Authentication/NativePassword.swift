import MySQLCrypto

/// mysql_native_password: SHA1(password) XOR SHA1(challenge, SHA1(SHA1(password))).
package struct NativePassword: Authenticator {
  package static var name: String { "mysql_native_password" }

  private let password: [UInt8]

  package init(_ account: Account) { password = account.password }

  package func answer(
    _ challenge: [UInt8], channel: Channel
  ) throws(Violation) -> [UInt8] {
    guard !password.isEmpty else { return [] }
    guard challenge.count == 20 else { throw .malformed(.authSwitch) }
    let hash = SHA1.hash(password)
    return xor(hash, SHA1.hash(challenge + SHA1.hash(hash)))
  }
}

/// Returns the XOR of the bytes and the mask, which is repeated as often as needed.
func xor(_ bytes: [UInt8], _ mask: [UInt8]) -> [UInt8] {
  bytes.indices.map { bytes[$0] ^ mask[$0 % mask.count] }
}
