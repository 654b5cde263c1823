import MySQLCrypto

/// caching_sha2_password: a hash is enough while the server has the account in its cache. Otherwise the
/// server requires the password itself, over a secure channel or encrypted with its RSA key.
package struct CachingSHA2Password: Authenticator {
  package static var name: String { "caching_sha2_password" }

  private let account: Account
  private var exchange: PasswordSending?

  package init(_ account: Account) { self.account = account }

  package var isKeyAwaited: Bool { exchange?.isKeyAwaited == true }

  package mutating func answer(
    _ challenge: [UInt8], channel: ChannelSecurity
  ) throws(Violation) -> [UInt8] {
    guard !account.password.isEmpty else { return [0] }
    guard challenge.count == 20 else { throw .malformed(.authSwitch) }
    exchange = PasswordSending(account, challenge: challenge, keyRequest: 2)
    let hash = SHA256.hash(account.password)
    return xor(hash, SHA256.hash(SHA256.hash(hash) + challenge))
  }

  package mutating func receive(_ data: [UInt8], channel: ChannelSecurity) throws(Violation) -> [UInt8]? {
    guard var exchange else { throw .unexpectedPacket(.authMoreData, header: AuthMoreData.header) }
    defer { self.exchange = exchange }
    switch (exchange.isKeyAwaited, data) {
    case (true, _): return try exchange.receiveKey(data)
    // fast_auth_success: the account was in the cache; OK follows.
    case (false, [3]): return nil
    // perform_full_authentication
    case (false, [4]):
      return channel.isSecure ? try exchange.sendAsItIs() : try exchange.sendEncrypted(over: channel)
    default: throw .malformed(.authMoreData)
    }
  }
}
