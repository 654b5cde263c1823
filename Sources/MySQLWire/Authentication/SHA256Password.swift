/// sha256_password: the password itself at every login, over a secure channel or under the server's RSA key.
package struct SHA256Password: Authenticator {
  package static var name: String { "sha256_password" }

  private let account: Account
  private var exchange: PasswordExchange?

  package init(_ account: Account) { self.account = account }

  package mutating func answer(
    _ challenge: [UInt8], channel: Channel
  ) throws(Violation) -> [UInt8] {
    guard !account.password.isEmpty else { return [0] }
    guard challenge.count == 20 else { throw .malformed(.authSwitch) }
    var exchange = PasswordExchange(account, challenge: challenge, keyRequest: 1)
    defer { self.exchange = exchange }
    return try exchange.send(over: channel)
  }

  package mutating func receive(_ data: [UInt8], channel: Channel) throws(Violation) -> [UInt8]? {
    guard var exchange, exchange.isKeyAwaited else {
      throw .unexpectedPacket(.authMoreData, header: AuthMoreData.header)
    }
    defer { self.exchange = exchange }
    return try exchange.receiveKey(data)
  }
}
