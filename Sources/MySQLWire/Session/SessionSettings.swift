/// Who logs in, and what the client wants of the connection.
package struct SessionSettings: Sendable {
  package var user: [UInt8]
  /// One for each factor the account may ask for, three at most.
  package var passwords: [[UInt8]]
  package var database: [UInt8]?
  package var attributes: [ConnectionAttribute] = []
  package var capabilities = Capabilities.standard
  /// What to claim even where the server does not offer it. Some official clients do, for flags that only
  /// concern themselves.
  package var claims: Capabilities = []
  /// The collation to log in with; nil takes the server's own if it is of utf8mb4.
  package var collation: UInt8?
  package var maxPacketSize: UInt32 = 1 << 30
  package var tls = TLSPolicy.never
  /// What the bytes travel over before any TLS.
  package var channel = Channel.plain
  package var publicKey = Account.PublicKeyPolicy.none
  package var allowsClearPassword = false
  package var plugins = AuthenticationPlugins.standard
  /// The method to begin the login with; nil takes the one that the greeting names.
  package var firstPlugin: String?
  package var limits = Limits()

  /// Whether the connection goes on in TLS.
  package enum TLSPolicy: Sendable {
    case never, ifOffered, always
  }

  package init(user: [UInt8], passwords: [[UInt8]] = [], database: [UInt8]? = nil) {
    self.user = user
    self.passwords = passwords
    self.database = database
  }

  func account(factor: Int) throws(Violation) -> Account {
    // An account without a password needs none to be given.
    guard factor == 0 || factor < passwords.count else { throw .authentication(.missingFactor(factor + 1)) }
    return Account(
      password: passwords.isEmpty ? [] : passwords[factor], publicKey: publicKey,
      allowsClearPassword: allowsClearPassword)
  }
}

extension Capabilities {
  /// All that this library understands and has no reason to leave out.
  package static let standard: Self = [
    .mysql, .longFlag, .connectWithDatabase, .protocol41, .transactions, .secureConnection, .multiResults,
    .preparedMultiResults, .pluginAuthentication, .connectAttributes, .longAuthenticationData,
    .expiredPasswords, .sessionTrack, .deprecateEOF, .queryAttributes, .multiFactor, .mariadbProgress,
    .mariadbBulk, .mariadbExtendedMetadata, .mariadbCacheMetadata,
  ]
}

/// The caller asked for what a session cannot do. Nothing was written, and the session is as it was.
package enum Misuse: Error, Equatable, Sendable {
  /// The login has not succeeded yet, or the connection is closed.
  case notReady
  /// A command is under way behind which this one cannot be queued.
  case busy
  /// No more than 65,535 parameters fit.
  case tooManyParameters
  /// A NUL in a name would cut the packet that carries it.
  case embeddedNUL
  /// Nobody asked for a file.
  case noFileRequested
}
