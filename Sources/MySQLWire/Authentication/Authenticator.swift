/// One login method. It is given the server's challenge, answers, and may be asked for more.
package protocol Authenticator: Sendable {
  /// The name that the two sides know it by.
  static var name: String { get }

  init(_ account: Account)

  /// The answer to the challenge that came with the greeting or with a request to switch to this method.
  mutating func answer(
    _ challenge: [UInt8], channel: Channel
  ) throws(Violation) -> [UInt8]

  /// Whether the server was asked for its RSA key.
  var isKeyAwaited: Bool { get }

  /// What to answer when the server says more: bytes, or nil for nothing.
  mutating func receive(_ data: [UInt8], channel: Channel) throws(Violation) -> [UInt8]?
}

extension Authenticator {
  package var isKeyAwaited: Bool { false }

  /// Most methods end with their first answer.
  package mutating func receive(_ data: [UInt8], channel: Channel) throws(Violation) -> [UInt8]? {
    throw .unexpectedPacket(.authMoreData, header: AuthMoreData.header)
  }
}

/// How the bytes travel, which decides what may be sent over them.
package enum Channel: Equatable, Sendable {
  /// TCP in clear text.
  case plain
  /// A unix socket: it does not leave the machine.
  case unixSocket
  /// TLS, with the server's certificate verified or not.
  case tls(verified: Bool)

  /// Whether nobody in between can read.
  package var isSecure: Bool { self != .plain }
  /// Whether it is also certain who is at the other end.
  package var isTrusted: Bool { self == .unixSocket || self == .tls(verified: true) }
}

/// What a login method may know of the account and of the caller's policy.
package struct Account: Sendable {
  package var password: [UInt8]
  package var publicKey: PublicKeyPolicy
  package var allowsClearPassword: Bool

  /// Where the RSA key comes from that protects a password on a plain channel.
  package enum PublicKeyPolicy: Equatable, Sendable {
    /// There is none: such a login is refused.
    case none
    /// The caller has the server's key, as PEM.
    case pinned([UInt8])
    /// The server may be asked. Whoever sits in between can then put in a key of their own.
    case askServer
  }

  package init(password: [UInt8], publicKey: PublicKeyPolicy = .none, allowsClearPassword: Bool = false) {
    self.password = password
    self.publicKey = publicKey
    self.allowsClearPassword = allowsClearPassword
  }
}

/// The login methods this library knows, and which of them a caller allows.
package struct AuthenticationPlugins: Equatable, Sendable {
  private static let known: [any Authenticator.Type] = [
    CachingSHA2Password.self, SHA256Password.self, NativePassword.self, Ed25519Password.self,
    ClearPassword.self,
  ]

  private let allowed: [String]
  /// Whether the caller named the methods: then the clear password has to be among them.
  private var isNamed = true

  /// Every method but the one that sends the password as it is; that too for an account that allows it.
  package static let standard = {
    var standard = Self(allowing: known.map { $0.name }.filter { $0 != ClearPassword.name })
    standard.isNamed = false
    return standard
  }()
  package static let all = Self(allowing: known.map { $0.name })

  package init(allowing names: [String]) { allowed = names }

  package func authenticator(_ name: String, for account: Account) throws(Violation) -> any Authenticator {
    // The server's way to ask for the pre-4.1 hash, which nobody should answer.
    if name == "mysql_old_password" { throw .authentication(.pluginNotAllowed(name)) }
    guard let method = Self.known.first(where: { $0.name == name }) else {
      throw .authentication(.unknownPlugin(name))
    }
    let isAllowed = allowed.contains(name)
    guard isAllowed || !isNamed && name == ClearPassword.name && account.allowsClearPassword else {
      throw .authentication(.pluginNotAllowed(name))
    }
    return method.init(account)
  }
}
