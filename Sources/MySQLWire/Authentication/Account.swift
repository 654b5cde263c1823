/// What a login method may know about the account and the caller's policy.
package struct Account: Sendable {
  package var password: [UInt8]
  package var publicKey: PublicKeyPolicy
  package var allowsClearPassword: Bool

  /// The source of the RSA key that protects a password on a plain channel.
  package enum PublicKeyPolicy: Equatable, Sendable {
    /// No key: such a login is refused.
    case none
    /// The caller has the server's key, as PEM.
    case pinned([UInt8])
    /// The server may be asked for its key. An attacker in between can then substitute a key of their own.
    case askServer
  }

  package init(password: [UInt8], publicKey: PublicKeyPolicy = .none, allowsClearPassword: Bool = false) {
    self.password = password
    self.publicKey = publicKey
    self.allowsClearPassword = allowsClearPassword
  }

  /// Returns the password followed by a NUL, as sent by every method that sends the password itself.
  func terminatedPassword() throws(Violation) -> [UInt8] {
    guard !password.contains(0) else { throw .authentication(.unusablePassword) }
    return password + [0]
  }
}
