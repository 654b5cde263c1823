/// sha256_password: the password itself at every login, over TLS or encrypted with the server's RSA key.
package struct SHA256Password: Authenticator {
  package static var name: String { "sha256_password" }

  private let account: Account
  private var exchange: PasswordSending?

  package init(_ account: Account) { self.account = account }

  package var isKeyAwaited: Bool { exchange?.isKeyAwaited == true }

  package mutating func answer(
    _ challenge: [UInt8], channel: ChannelSecurity
  ) throws(Violation) -> [UInt8] {
    guard !account.password.isEmpty else { return [0] }
    guard challenge.count == 20 else { throw .malformed(.authSwitch) }
    var exchange = PasswordSending(account, challenge: challenge, keyRequest: 1)
    defer { self.exchange = exchange }
    // Over a unix socket the server (MySQL 9.7) expects the password encrypted, unlike with caching_sha2_password.
    if case .tls = channel { return try exchange.sendAsItIs() }
    return try exchange.sendEncrypted(over: channel)
  }

  package mutating func receive(_ data: [UInt8], channel: ChannelSecurity) throws(Violation) -> [UInt8]? {
    guard var exchange, exchange.isKeyAwaited else {
      throw .unexpectedPacket(.authMoreData, header: AuthMoreData.header)
    }
    defer { self.exchange = exchange }
    return try exchange.receiveKey(data)
  }
}
