import MySQLCrypto

/// MariaDB's client_ed25519: the challenge, signed with a key made from the password.
package struct Ed25519Password: Authenticator {
  package static var name: String { "client_ed25519" }

  private let password: [UInt8]

  package init(_ account: Account) { password = account.password }

  package func answer(
    _ challenge: [UInt8], channel: ChannelSecurity
  ) throws(Violation) -> [UInt8] {
    guard challenge.count == 32 else { throw .malformed(.authSwitch) }
    return Ed25519.sign(challenge, password: password)
  }
}
