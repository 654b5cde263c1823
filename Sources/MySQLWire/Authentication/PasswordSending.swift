import MySQLCrypto

/// The way in which both SHA-2 methods send the password itself: as is over a channel that they consider
/// secure, otherwise masked with the challenge and encrypted with the server's RSA key (OAEP).
struct PasswordSending: Sendable {
  private(set) var isKeyAwaited = false
  private let account: Account
  private let challenge: [UInt8]
  /// The byte that asks the server for its key: 1 in sha256_password, 2 in caching_sha2_password.
  private let keyRequest: UInt8

  init(_ account: Account, challenge: [UInt8], keyRequest: UInt8) {
    self.account = account
    self.challenge = challenge
    self.keyRequest = keyRequest
  }

  func sendAsItIs() throws(Violation) -> [UInt8] { try account.terminatedPassword() }

  mutating func sendEncrypted(over channel: ChannelSecurity) throws(Violation) -> [UInt8] {
    switch account.publicKey {
    case .pinned(let pem): return try encrypt(with: pem)
    case .none where !channel.isSecure: throw .authentication(.publicKeyRetrievalNotAllowed)
    case .none, .askServer:
      isKeyAwaited = true
      return [keyRequest]
    }
  }

  mutating func receiveKey(_ pem: [UInt8]) throws(Violation) -> [UInt8] {
    isKeyAwaited = false
    return try encrypt(with: pem)
  }

  private func encrypt(with pem: [UInt8]) throws(Violation) -> [UInt8] {
    let masked = xor(try account.terminatedPassword(), challenge)
    var random = SystemRandomNumberGenerator()
    do {
      return try RSAPublicKey(pem: pem).encryptOAEP(masked, using: &random)
    } catch .messageTooLong {
      throw .authentication(.unusablePassword)
    } catch {
      throw .authentication(.unusablePublicKey)
    }
  }
}
