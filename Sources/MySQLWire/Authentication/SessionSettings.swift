/// The user that logs in, and what the client wants of the connection.
package struct SessionSettings: Sendable {
  package var user: [UInt8]
  /// One password for each factor that the account may ask for, at most three.
  package var passwords: [[UInt8]]
  package var database: [UInt8]?
  package var attributes: [ConnectionAttribute] = []
  package var capabilities = Capabilities.standard
  /// The capabilities to claim even if the server does not offer them. Some official clients do so for flags
  /// that concern only themselves.
  package var claims: Capabilities = []
  /// The collation to log in with; nil uses the server's own if it belongs to utf8mb4.
  package var collation: UInt8?
  package var maxPacketSize: UInt32 = 1 << 30
  package var tls = TLSPolicy.never
  /// The channel that carries the bytes before any TLS.
  package var channel = ChannelSecurity.plain
  package var publicKey = Account.PublicKeyPolicy.none
  package var allowsClearPassword = false
  package var plugins = AuthenticationPlugins.standard
  /// The method to begin the login with; nil uses the one that the greeting names.
  package var firstPlugin: String?
  package var limits = Limits()

  /// Whether the connection continues in TLS.
  package enum TLSPolicy: Sendable {
    case never, ifOffered, always
  }

  package init(user: [UInt8], passwords: [[UInt8]] = [], database: [UInt8]? = nil) {
    self.user = user
    self.passwords = passwords
    self.database = database
  }

  func account(factor: Int) throws(Violation) -> Account {
    // For an account without a password, none has to be given.
    guard factor == 0 || factor < passwords.count else { throw .authentication(.missingFactor(factor + 1)) }
    return Account(
      password: passwords.isEmpty ? [] : passwords[factor], publicKey: publicKey,
      allowsClearPassword: allowsClearPassword)
  }
}
