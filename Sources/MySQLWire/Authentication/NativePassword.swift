import MySQLCrypto

/// mysql_native_password: SHA1(password) XOR SHA1(challenge, SHA1(SHA1(password))).
package struct NativePassword: Authenticator {
  package static var name: String { PluginName.native }

  private let password: [UInt8]

  package init(_ account: Account) { password = account.password }

  package func answer(
    _ challenge: [UInt8], channel: ChannelSecurity
  ) throws(Violation) -> [UInt8] {
    guard !password.isEmpty else { return [] }
    guard challenge.count == 20 else { throw .malformed(.authSwitch) }
    let hash = SHA1.hash(password)
    return xor(hash, SHA1.hash(challenge + SHA1.hash(hash)))
  }
}
